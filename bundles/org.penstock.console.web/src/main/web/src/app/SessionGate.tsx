import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { onSessionLost } from '../api/client';
import { type Identity, logout, may, resume } from '../api/session';
import { LoginPage } from '../features/login/LoginPage';

interface Session {
  identity: Identity;
  leave: () => void;
  /** An administrator has just chosen the password in place of the first one. */
  claimed: boolean;
}
const Context = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('useSession outside of SessionGate');
  return session;
}

/** Shows the login until there is a session; the page below stays mounted when a session is renewed. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [identity, setIdentity] = useState<Identity | undefined>();
  const [known, setKnown] = useState(false);
  const [ended, setEnded] = useState(false);
  const [claimed, setClaimed] = useState(false);
  const queries = useQueryClient();

  useEffect(() => {
    resume()
      .then(setIdentity, () => setIdentity(undefined))
      .finally(() => setKnown(true));
    return onSessionLost(() => setEnded(true));
  }, []);

  if (!known) return null;
  const enter = (next: Identity, fresh: boolean) => {
    setClaimed(fresh && may(next, 'kura.admin'));
    setIdentity(next);
    setEnded(false);
    void queries.invalidateQueries();
  };
  if (!identity) return <LoginPage enter={enter} />;
  const leave = () => void logout().finally(() => setIdentity(undefined));
  return (
    <Context.Provider value={{ identity, leave, claimed }}>
      <div className="page" hidden={ended}>
        {children}
      </div>
      {ended && <LoginPage enter={enter} name={identity.name} />}
    </Context.Provider>
  );
}

import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  children?: ReactNode;
  act: () => Promise<unknown>;
  close: () => void;
}

/** Asks before something is done; what goes wrong is said in the same box. */
export function Confirm({ title, children, act, close }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!box.current?.open) box.current?.showModal();
  }, []);
  const go = () => {
    setBusy(true);
    setError('');
    act()
      .then(close, (e: Error) => setError(e.message))
      .finally(() => setBusy(false));
  };
  return (
    <dialog className="panel dialog" ref={box} onClose={close} aria-labelledby={id}>
      <h1 id={id}>{title}</h1>
      {children}
      {error && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
      <div className="bar">
        <Button onClick={go} loading={busy}>
          {t('confirm')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
      </div>
    </dialog>
  );
}

import { useTranslation } from 'react-i18next';
import { mayAny } from '../../api/session';
import { useSession } from '../../app/SessionGate';
import { Audit } from './Audit';
import { Keys } from './Keys';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';
import { Users } from './Users';

/** Users, tokens, keys and what was done; each part for whom it is. */
export function SecurityPage() {
  const { t } = useTranslation();
  const { identity } = useSession();
  return (
    <>
      <h1>{t('nav.security')}</h1>
      {mayAny(identity, ['rest.identity']) && <Users />}
      <Sessions />
      <Tokens />
      {mayAny(identity, ['rest.keystores']) && <Keys />}
      {mayAny(identity, ['logs.engineer']) && <Audit title={t('sec.audit')} limit={100} />}
    </>
  );
}

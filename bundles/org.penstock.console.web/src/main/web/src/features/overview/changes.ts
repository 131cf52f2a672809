/** A line of the audit log that tells of a change. */
export interface Change {
  who: string;
  what: string;
}

const service = /^\{([^}]*)\} (.*)$/s;
const request = /^\S+ (\S+) (PUT|PATCH|DELETE|POST) (\S+) (\d+)$/;
/** These POST what is to be read, tried or begun, or tell it once more in a line of their own. */
const asks =
  /byPid|byFactoryPid|ocds?$|satisfyingReference|stackComponentPids|channelDescriptors|\/session\/|factoryComponents$|_check$|_test$|_preview$|_simulate$|byId$|\/bundles\/|\/jobs$|\/tap$/;

/** Who changed what; undefined for a line that tells of no change, or of one that was refused. */
export function changeOf(message: string): Change | undefined {
  const [, context, words] = service.exec(message) ?? [];
  if (context !== undefined && words !== undefined) {
    const who = /identity=([^,}]+)/.exec(context)?.[1] ?? /entrypoint=([^,}]+)/.exec(context)?.[1];
    return { who: who ?? '', what: words };
  }
  const [, who, method, path, status] = request.exec(message) ?? [];
  if (who === undefined || method === undefined || path === undefined) return undefined;
  if (Number(status) >= 300 || (method === 'POST' && asks.test(path))) return undefined;
  return { who, what: `${method} ${path}` };
}

import { useQuery } from '@tanstack/react-query';
import { ApiError, get, post } from '../../api/client';
import type { Component, Property } from '../../api/metatype';
import { apply } from '../configuration/api';

export interface Endpoint {
  cloudConnectionFactoryPid: string;
  cloudEndpointPid: string;
  state: string;
}
export interface Client {
  cloudEndpointPid: string;
  pid: string;
  factoryPid?: string;
  type: string;
}
interface Factories {
  cloudConnectionFactories: { cloudConnectionFactoryPid: string; defaultCloudEndpointPid?: string }[];
  pubSubFactories: { factoryPid: string; cloudConnectionFactoryPid: string; defaultPid?: string }[];
}
export const root = '/services/cloudconnection/v1';

export const useInstances = () =>
  useQuery({
    queryKey: ['cloud', 'instances'],
    queryFn: () => get<{ cloudEndpointInstances: Endpoint[]; pubsubInstances: Client[] }>(`${root}/instances`),
    refetchInterval: 2000,
  });

export const useFactories = () =>
  useQuery({ queryKey: ['cloud', 'factories'], queryFn: () => get<Factories>(`${root}/factories`) });

/** What the one-page set-up asks for. */
export interface Broker {
  url: string;
  client: string;
  account: string;
  user: string;
  password: string;
}

const text = (value: string): Property => ({ type: 'STRING', value });
const pause = () => new Promise((resume) => setTimeout(resume, 500));

/** Does again what is answered with an error until it is not, for a while: the stack starts anew after a change. */
async function patiently<T>(act: () => Promise<T>, looks = 20): Promise<T> {
  for (let left = looks; ; left--) {
    try {
      return await act();
    } catch (e) {
      if (!(e instanceof ApiError) || left === 0) throw e;
      await pause();
    }
  }
}

/** Arguments of the gateway's test of a broker. */
export const testArguments = (b: Broker): Record<string, string> => ({
  'broker-url': b.url,
  'client-id': `${b.client || 'penstock'}-test`,
  ...(b.user ? { username: b.user, password: b.password } : {}),
});

/** Makes a connection's stack, tells its transport the broker, and connects. */
export async function setUp(factory: string, pid: string, broker: Broker): Promise<void> {
  const who = { cloudConnectionFactoryPid: factory, cloudEndpointPid: pid };
  await post(`${root}/cloudEndpoint`, who);
  if (!broker.url) return;
  const { pids } = await post<{ pids: string[] }>(`${root}/cloudEndpoint/stackComponentPids`, who);
  const transport = await patiently(async () => {
    const { configs } = await post<{ configs: Component[] }>(
      '/services/configuration/v2/configurableComponents/configurations/byPid',
      { pids },
    );
    const found = configs.find((c) => c.definition?.ad.some((ad) => ad.id === 'broker-url'));
    if (!found) throw new ApiError(404, `${pid}: broker-url?`);
    return found;
  });
  const known = new Set(transport.definition?.ad.map((ad) => ad.id));
  const wanted: Record<string, Property> = {
    'broker-url': text(broker.url),
    'client-id': text(broker.client),
    'topic.context.account-name': text(broker.account),
    username: text(broker.user),
    ...(broker.password ? { password: { type: 'PASSWORD', value: broker.password } } : {}),
  };
  await apply(transport.pid, Object.fromEntries(Object.entries(wanted).filter(([key]) => known.has(key))));
  await patiently(() => post(`${root}/cloudEndpoint/connect`, { cloudEndpointPid: pid }));
}

import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';

/** Which gateway this is, and its clock. */
export interface Gateway {
  name: string;
  version: string;
  started: string;
  time: string;
  zone: string;
  trusted: boolean;
  synchronised?: string;
}

export const readGateway = () => get<Gateway>('/api/v1/gateway');

export const useGateway = (refetchInterval = 30_000) =>
  useQuery({ queryKey: ['gateway'], queryFn: readGateway, refetchInterval });

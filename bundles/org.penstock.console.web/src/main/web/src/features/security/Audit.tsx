import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';

interface Line {
  number: number;
  at: string;
  message: string;
}

/** Who did what, newest first. */
export function Audit({ title, limit }: { title: string; limit: number }) {
  const { data } = useQuery({
    queryKey: ['audit', limit],
    queryFn: async () => (await get<{ lines: Line[] }>(`/api/v1/logs?q=AuditLogger&limit=${limit}`)).lines,
    refetchInterval: 5000,
  });
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ol className="panel log" tabIndex={0} aria-label={title}>
        {data?.map((line) => (
          <li key={line.number}>
            {new Date(line.at).toLocaleString()} {line.message}
          </li>
        ))}
      </ol>
    </section>
  );
}

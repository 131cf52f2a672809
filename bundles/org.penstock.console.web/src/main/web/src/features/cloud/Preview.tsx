import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../api/client';
import type { Channel } from '../tags/TagGrid';

interface Message {
  topic: string;
  payload: string;
}

/** The messages that a topic and a form would make of an asset's last values; nothing is sent. */
export function Preview() {
  const { t } = useTranslation();
  const { data: assets = [] } = useQuery({ queryKey: ['assets'], queryFn: () => get<string[]>('/services/assets') });
  const [topic, setTopic] = useState('plant/{asset}/{channel}');
  const [form, setForm] = useState('json');
  const [template, setTemplate] = useState('');
  const [asset, setAsset] = useState('');
  const [messages, setMessages] = useState<Message[]>();
  const [error, setError] = useState('');
  const show = async (event: FormEvent) => {
    event.preventDefault();
    setError('');
    try {
      const pid = asset || assets[0] || 'asset';
      const page = await get<{ channels: Channel[] }>(`/api/v1/channels?asset=${encodeURIComponent(pid)}&limit=8`);
      const values = Object.fromEntries(page.channels.map((c) => [c.name, c.state?.value ?? 0]));
      const made = await post<{ messages: Message[] }>('/api/v1/cloud/_preview', {
        topic,
        form,
        ...(template ? { template } : {}),
        asset: pid,
        values,
      });
      setMessages(made.messages);
    } catch (e) {
      setMessages(undefined);
      setError((e as Error).message);
    }
  };
  return (
    <form className="panel form" onSubmit={(e) => void show(e)} aria-label={t('cloud.preview')}>
      <h2>{t('cloud.preview')}</h2>
      <TextInput label={t('cloud.topic')} value={topic} onChange={(e) => setTopic(e.currentTarget.value)} />
      <NativeSelect
        label={t('cloud.form')}
        value={form}
        data={['json', 'csv', 'raw']}
        onChange={(e) => setForm(e.currentTarget.value)}
      />
      <Textarea
        className="code"
        label={t('cloud.template')}
        rows={2}
        value={template}
        onChange={(e) => setTemplate(e.currentTarget.value)}
      />
      <NativeSelect
        label={t('tags.asset')}
        value={asset || assets[0] || ''}
        data={assets}
        onChange={(e) => setAsset(e.currentTarget.value)}
      />
      <div className="bar">
        <Button type="submit" variant="default">
          {t('cloud.show')}
        </Button>
      </div>
      {error && (
        <p role="alert" className="error wrap">
          {error}
        </p>
      )}
      {messages && (
        <dl className="log panel" aria-label={t('cloud.messages')} tabIndex={0}>
          {messages.map((m) => (
            <div key={m.topic}>
              <dt>{m.topic}</dt>
              <dd className="wrap">{m.payload}</dd>
            </div>
          ))}
        </dl>
      )}
    </form>
  );
}

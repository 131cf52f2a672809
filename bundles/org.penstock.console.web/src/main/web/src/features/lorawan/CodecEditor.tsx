import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apply } from '../configuration/api';
import { bytes, type Trial, tryCodec, useCodecs, useCodecText } from './api';
import { type Codec, codecsOf, textOf, withCodec } from './codecs';

const empty: Codec = { name: '', kind: 'javascript', source: '', tests: '' };

/** Bytes, what the codec on the page makes of them, after the tests beside it; nothing is saved. */
function Try({ pid, codec }: { pid: string; codec: Codec }) {
  const { t } = useTranslation();
  const [port, setPort] = useState(1);
  const [text, setText] = useState('');
  const [trial, setTrial] = useState<Trial>();
  const data = bytes(text);
  const look = () =>
    tryCodec(pid, textOf([codec]), codec.name, port, data ?? '').then(setTrial, (e: Error) =>
      setTrial({ values: {}, problem: e.message }),
    );
  return (
    <>
      <div className="bar">
        <NumberInput label="FPort" w={72} min={1} max={223} value={port} onChange={(n) => setPort(Number(n))} />
        <TextInput
          label={t('lora.tryBytes')}
          className="mono"
          value={text}
          error={data === undefined ? t('lora.noBytes') : null}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        <Button variant="default" disabled={!data || !codec.name} onClick={() => void look()}>
          {t('lora.try')}
        </Button>
      </div>
      <p
        role="status"
        aria-label={t('lora.result')}
        className={trial?.problem ? 'error wrap lines' : 'mono wrap lines'}
      >
        {trial?.problem ||
          Object.entries(trial?.values ?? {})
            .map(([name, value]) => `${name} = ${value}`)
            .join('\n')}
      </p>
    </>
  );
}

interface FormProps {
  pid: string;
  all: readonly Codec[];
  chosen: Codec;
  done: (name: string) => void;
}

function Form({ pid, all, chosen, done }: FormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [codec, setCodec] = useState(chosen);
  const [error, setError] = useState('');
  const edit = (part: Partial<Codec>) => setCodec((before) => ({ ...before, ...part }));
  const save = async () => {
    setError('');
    try {
      await apply(pid, { codecs: { type: 'STRING', value: textOf(withCodec(all, codec)) } });
      await queries.invalidateQueries({ queryKey: ['lorawan', pid] });
      done(codec.name);
    } catch (e) {
      setError((e as Error).message);
    }
  };
  const isWrong = !/^\S+$/.test(codec.name) || codec.source.trim() === '';
  return (
    <section className="panel form" aria-label={chosen.name || t('lora.newCodec')}>
      {!chosen.name && (
        <TextInput
          label={t('lora.codecName')}
          value={codec.name}
          onChange={(e) => edit({ name: e.currentTarget.value.trim() })}
        />
      )}
      <NativeSelect
        label={t('lora.kind')}
        value={codec.kind}
        data={[
          { value: 'javascript', label: 'JavaScript' },
          { value: 'fields', label: t('lora.fields') },
        ]}
        onChange={(e) => edit({ kind: e.currentTarget.value as Codec['kind'] })}
      />
      <Textarea
        className="code wide"
        label={t('lora.source')}
        description={t(codec.kind === 'fields' ? 'lora.fieldsHelp' : 'lora.scriptHelp')}
        rows={10}
        spellCheck={false}
        value={codec.source}
        onChange={(e) => edit({ source: e.currentTarget.value })}
      />
      <Textarea
        className="code wide"
        label={t('lora.tests')}
        description={t('lora.testsHelp')}
        rows={3}
        spellCheck={false}
        value={codec.tests}
        onChange={(e) => edit({ tests: e.currentTarget.value })}
      />
      <Try pid={pid} codec={codec} />
      <div className="bar">
        <Button disabled={isWrong || textOf([codec]) === textOf([chosen])} onClick={() => void save()}>
          {t('apply')}
        </Button>
        {error && (
          <span role="alert" className="error wrap">
            {error}
          </span>
        )}
      </div>
    </section>
  );
}

/** The codecs of one server: each with what is wrong with it, one in the editor, tried before it is applied. */
export function CodecEditor({ pid }: { pid: string }) {
  const { t } = useTranslation();
  const states = useCodecs(pid);
  const text = useCodecText(pid, true);
  const [name, setName] = useState<string>();
  const [saved, setSaved] = useState(0);
  const all = codecsOf(text.data ?? '');
  const chosen = all.find((c) => c.name === name) ?? empty;
  const problems = (states.data ?? []).filter((s) => s.problem !== '');
  const error = states.error ?? text.error;
  return (
    <section aria-label={t('lora.codecs')}>
      <div className="bar">
        <h2 className="grow">{t('lora.codecs')}</h2>
        <NativeSelect
          aria-label={t('lora.codec')}
          value={name ?? '-'}
          data={[
            { value: '-', label: t('lora.choose') },
            ...all.map((c) => c.name),
            { value: '', label: t('lora.newCodec') },
          ]}
          onChange={(e) => setName(e.currentTarget.value === '-' ? undefined : e.currentTarget.value)}
        />
      </div>
      {error && <p role="alert">{error.message}</p>}
      {problems.map((p) => (
        <p key={p.name} role="alert" className="error wrap">
          {p.name}: {p.problem}
        </p>
      ))}
      {saved > 0 && <p role="status">{t('conf.applied')}</p>}
      {name !== undefined && text.data !== undefined && (
        <Form
          key={`${name} ${saved}`}
          pid={pid}
          all={all}
          chosen={chosen}
          done={(next) => {
            setName(next);
            setSaved((n) => n + 1);
          }}
        />
      )}
    </section>
  );
}

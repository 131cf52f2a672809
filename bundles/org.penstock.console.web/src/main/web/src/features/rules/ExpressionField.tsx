import { Textarea } from '@mantine/core';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVerdict } from './api';
import { completed, proposals, wordBefore } from './completion';

interface Props {
  label: string;
  description: string;
  name: string;
  value: string;
  /** What its value must be; without it the text is completed but not evaluated. */
  type: string | undefined;
  channels: readonly string[];
  error: string | undefined;
  set: (value: string) => void;
}

/** What the expression is worth now, or what is wrong with it, with the place marked. */
function Verdict({ text, type }: { text: string; type: string }) {
  const { t } = useTranslation();
  const { data, error } = useVerdict(text, type);
  if (error) return <p className="error">{error.message}</p>;
  if (!data) return <p className="muted">…</p>;
  if (!data.valid) {
    const at = data.character - 1;
    return (
      <p className="error wrap">
        {t('rule.at', { character: data.character })} {data.message}
        <span className="mono marked">
          {text.slice(0, at)}
          <mark>{text.slice(at, at + 1) || '␣'}</mark>
          {text.slice(at + 1)}
        </span>
      </p>
    );
  }
  return (
    <p className="wrap" data-q={data.quality?.slice(0, 1)}>
      {t('rule.now')} <b className="live">{data.value ?? '–'}</b> <span className="muted">{data.message}</span>
    </p>
  );
}

/** A text in the expression language: completed while it is typed, evaluated all the time. */
export function ExpressionField({ label, description, name, value, type, channels, error, set }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const moved = useRef<number | undefined>(undefined);
  const { word, from } = wordBefore(value, caret);
  const offered = open ? proposals(word, value[from] === '[', channels) : [];
  const shown = offered.length > 0;
  // The caret is put after what was completed once the text is there.
  useLayoutEffect(() => {
    if (moved.current === undefined) return;
    area.current?.setSelectionRange(moved.current, moved.current);
    setCaret(moved.current);
    moved.current = undefined;
  });
  const take = (insert: string | undefined) => {
    if (insert === undefined) return;
    const next = completed(value, caret, insert);
    moved.current = next.caret;
    set(next.text);
    setOpen(false);
    area.current?.focus();
  };
  const keys = (e: KeyboardEvent) => {
    const done = () => e.preventDefault();
    if (e.ctrlKey && e.key === ' ') done(), setOpen(true), setAt(0);
    else if (!shown) return;
    else if (e.key === 'ArrowDown') done(), setAt((at + 1) % offered.length);
    else if (e.key === 'ArrowUp') done(), setAt((at + offered.length - 1) % offered.length);
    else if (e.key === 'Enter' || e.key === 'Tab') done(), take(offered[at]?.insert);
    else if (e.key === 'Escape') done(), setOpen(false);
  };
  return (
    <div className="expression">
      <Textarea
        ref={area}
        className="code"
        label={label}
        description={`${description} ${t('rule.keys')}`}
        name={name}
        rows={name === 'when' ? 4 : 1}
        error={error ?? null}
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-autocomplete="list"
        aria-controls={shown ? `${id}list` : undefined}
        aria-activedescendant={shown ? `${id}${at}` : undefined}
        onChange={(e) => {
          const end = e.currentTarget.selectionStart;
          setCaret(end);
          setAt(0);
          setOpen(wordBefore(e.currentTarget.value, end).word !== '');
          set(e.currentTarget.value);
        }}
        onSelect={(e) => setCaret(e.currentTarget.selectionStart)}
        onKeyDown={keys}
        onBlur={() => setOpen(false)}
      />
      {shown && (
        <div className="panel offered" role="listbox" id={`${id}list`} aria-label={t('rule.offered')}>
          {offered.map((p, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text area has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the text area keeps the focus
            <div
              key={p.label + p.note}
              role="option"
              id={`${id}${i}`}
              aria-selected={i === at}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => take(p.insert)}
            >
              <span className="mono wrap">{p.label}</span>
              <small className="muted">{t(p.note === 'channel' ? 'rule.channel' : 'rule.function')}</small>
            </div>
          ))}
        </div>
      )}
      <div className="verdict" aria-live="off">
        {type && value.trim() !== '' && <Verdict text={value} type={type} />}
      </div>
    </div>
  );
}

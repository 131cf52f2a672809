import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from './TagGrid';

interface Props {
  channel: Channel;
  setUnit: (channel: Channel, unit: string) => void;
}

/** A channel's unit, edited where it stands: Enter takes it, Escape leaves it. */
export function UnitCell({ channel, setUnit }: Props) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const byKeys = useRef(false);
  const name = t('tags.unitOf', { name: channel.name });
  const before = channel.unit ?? '';
  if (!editing)
    return (
      <button
        type="button"
        className="cell"
        aria-label={`${name} ${before}`}
        ref={(button) => {
          if (byKeys.current) button?.focus(); // where it was before
          byKeys.current = false;
        }}
        onClick={() => setEditing(true)}
      >
        {before || '·'}
      </button>
    );
  const end = (text: string) => {
    setEditing(false);
    if (text.trim() !== before) setUnit(channel, text.trim());
  };
  const keys = (e: KeyboardEvent<HTMLInputElement>) => {
    byKeys.current = e.key === 'Enter' || e.key === 'Escape';
    if (byKeys.current) e.preventDefault(); // or the button that gets the focus would be pressed by the same key
    if (e.key === 'Enter') end(e.currentTarget.value);
    if (e.key === 'Escape') setEditing(false);
  };
  return (
    <input
      className="cell"
      aria-label={name}
      defaultValue={before}
      ref={(input) => {
        if (!input || document.activeElement === input) return; // it may be drawn anew while somebody types
        input.focus();
        input.select();
      }}
      onKeyDown={keys}
      onBlur={(e) => end(e.currentTarget.value)}
    />
  );
}

import { Button, Switch, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { imported, type TagReport } from '../../api/tables';
import { Confirm } from '../../app/Confirm';
import { past } from './api';

interface Props {
  done: (report: TagReport) => void;
  close: () => void;
}

/** A table from a file or pasted from a spreadsheet: tried first, each problem at its row, then taken in. */
export function ImportBox({ done, close }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [file, setFile] = useState<File>();
  const [replace, setReplace] = useState(false);
  const [report, setReport] = useState<TagReport>();
  const [error, setError] = useState('');
  const table = file ?? text;
  const format = file?.name.endsWith('.xlsx') ? 'xlsx' : 'csv';
  const look = async () => {
    setError('');
    try {
      setReport(await imported(table, { format, replace, dryRun: true }));
    } catch (e) {
      setError((e as Error).message);
    }
  };
  const act = async () => {
    const first = await imported(table, { format, replace, dryRun: true });
    setReport(first);
    if (first.problems.length > 0) throw new Error(t('tags.notTaken'));
    done(await past.take(table, { format, replace }));
  };
  return (
    <Confirm title={t('tags.import')} act={act} close={close}>
      <p className="muted">{t('tags.importHelp')}</p>
      <Textarea
        className="code"
        label={t('tags.paste')}
        rows={6}
        value={text}
        onChange={(e) => {
          setText(e.currentTarget.value);
          setFile(undefined);
          setReport(undefined);
        }}
      />
      <div className="bar">
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          hidden
          aria-label={t('tags.file')}
          onChange={(e) => setFile(e.currentTarget.files?.[0])}
        />
        <Button variant="default" onClick={() => input.current?.click()}>
          {t('tags.file')}
        </Button>
        <span className="muted wrap">{file?.name}</span>
        <span className="grow" />
        <Button variant="default" disabled={!file && !text} onClick={() => void look()}>
          {t('tags.dryRun')}
        </Button>
      </div>
      <Switch label={t('tags.replace')} checked={replace} onChange={(e) => setReplace(e.currentTarget.checked)} />
      {error && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
      {report && (
        <section aria-label={t('tags.report')} role="status">
          <p>{t('tags.would', { ...report })}</p>
          <ul className="log" tabIndex={report.problems.length > 0 ? 0 : undefined}>
            {report.problems.map((p) => (
              <li key={`${p.row} ${p.column}`} className="error">
                {t('tags.problem', { ...p })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Confirm>
  );
}

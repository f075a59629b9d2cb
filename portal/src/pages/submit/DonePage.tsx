// The end is no dead end: number, code, what happens next, and three ways on.
import type { ReactElement } from 'react'
import { usePortal } from '../../app/session.ts'
import { Page } from '../../app/Page.tsx'
import type { Sent } from '../../draft/draft.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Rows } from '../../kit/Blocks.tsx'
import { CopyText } from '../../kit/CopyText.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { say } from '../../kit/Layers.tsx'
import { saveCard } from './save-card.ts'
import { t } from './texts.zh-CN.ts'

export function DonePage({ sent }: { sent: Sent }): ReactElement {
  const { settings, hotline } = usePortal()
  const save = async () => {
    await saveCard({ centre: settings?.centreName ?? '', title: sent.title, lines: [`${t('doneNumber')} ${sent.number}`, `${t('doneCode')} ${sent.enquiryCode}`], foot: hotline })
    say(t('doneSaved'))
  }
  return (
    <Page title={t('doneTitle')} intro={sent.repeated ? t('doneAgain') : undefined}>
      <Card>
        <p className="k-note p-done-title"><span className="p-done"><Icon name="check" /></span><strong>{sent.title}</strong></p>
        <Rows
          rows={[
            { label: t('doneNumber'), value: <CopyText value={sent.number} label={t('doneNumber')} /> },
            { label: t('doneCode'), value: <CopyText value={sent.enquiryCode} label={t('doneCode')} /> },
          ]}
        />
        <p className="k-hint">{t('doneCodeHelp')}</p>
        <div><Button tone="soft" onClick={() => void save()}>{t('doneSave')}</Button></div>
      </Card>
      <Card title={t('doneNext')}>
        <ol className="p-next">{sent.next.map((line) => <li key={line}>{line}</li>)}</ol>
      </Card>
      <div className="k-stack" data-gap="small">
        <LinkButton to={`/orders/${sent.number}`} tone="primary" size="large" block>{t('doneSee')}</LinkButton>
        <div className="p-two"><LinkButton to="/" block>{t('doneHome')}</LinkButton><LinkButton to="/submit" block>{t('doneMore')}</LinkButton></div>
      </div>
    </Page>
  )
}

// A sheet was scanned: what it stands for, and a form with its place filled in (INT-07).
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useNavigate, useParams } from 'react-router'
import { call, type OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { usePortal } from '../../app/session.ts'
import { Page } from '../../app/Page.tsx'
import { changeDraft, currentDraft } from '../../draft/draft.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Rows } from '../../kit/Blocks.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { t } from './texts.zh-CN.ts'

type Scanned = OutputOf<'scanQrCode'>
/** One scan is counted once, also where the page is drawn twice. */
const scans = new Map<string, Promise<Scanned>>()

export default function QrPage(): ReactElement {
  const { code = '' } = useParams()
  const { settings } = usePortal()
  const navigate = useNavigate()
  const [scanned, setScanned] = useState<Scanned | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    const asked = scans.get(code) ?? call('scanQrCode', { code })
    scans.set(code, asked)
    asked.then(setScanned, (error: unknown) => { scans.delete(code); setProblem(asProblem(error)) })
  }, [code])
  const plain = <LinkButton to="/submit" tone="primary">{t('notUsable')}</LinkButton>
  if (problem) return <Page title={t('title')}>{problem.status === 404 ? <Empty kind="scope" title={t('none')} text={t('noneText')}>{plain}</Empty> : <Trouble problem={problem} />}</Page>
  if (!scanned) return <Page title={t('title')}><Skeleton /></Page>
  if (scanned.notice) return <Page title={t('title')}><Empty kind="pending" title={scanned.notice} text={t('noneText')}>{plain}</Empty></Page>
  const begin = () => {
    changeDraft({
      qr: { code, name: scanned.subject ? `${scanned.name}（${scanned.subject}）` : scanned.name },
      ...(scanned.appealType ? { appealType: scanned.appealType } : {}), ...(scanned.matter ? { matter: scanned.matter } : {}), ...(scanned.area ? { area: scanned.area, point: null } : {}), ...(scanned.address ? { address: scanned.address } : {}),
    })
    void navigate('/submit')
  }
  return (
    <Page title={scanned.subject ?? scanned.name} name={t('title')} intro={scanned.subject ? t('about') : t('general')}>
      <Card>
        <Rows rows={[
          scanned.area || scanned.address ? { label: t('place'), value: [scanned.area?.name, scanned.address].filter(Boolean).join('\n') } : null,
          scanned.appealType ? { label: t('type'), value: settings?.appealTypes.find((one) => one.id === scanned.appealType)?.name ?? '' } : null,
          scanned.matter ? { label: t('matter'), value: scanned.matter.name } : null,
        ]} />
        <p className="k-hint">{currentDraft().content.trim() === '' ? t('check') : t('replace')}</p>
        <Button tone="primary" size="large" block icon="write" onClick={begin}>{t('go')}</Button>
      </Card>
    </Page>
  )
}

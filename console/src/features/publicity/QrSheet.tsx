// The printed sheet: one A4 page with the code large enough to be scanned from a metre.
import { Button } from 'antd'
import { toString as qrSvg } from 'qrcode'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { usePageTitle } from '../../ui/Page.tsx'
import { when } from '../../ui/time.ts'
import './publicity.css'
import { t } from './texts.zh-CN.ts'

export default function QrSheet(): ReactElement {
  const { id = '' } = useParams()
  const read = useQueryOf('getQrCode', { id })
  usePageTitle(read.data?.name)
  return (
    <QueryView query={read}>
      {(qr) => (qr.url === null ? <Empty kind="pending" text={t('noAddress')} hint={t('noAddressHelp')} /> : (
        <main className="ms-qr-sheet">
          <div className="ms-qr-acts"><Button type="primary" onClick={() => print()}>{t('printNow')}</Button></div>
          <p className="ms-qr-centre">{qr.centreName}</p>
          <h1>{t('sheetScan')}</h1>
          {qr.subject ? <p className="ms-qr-subject">{qr.subject}</p> : null}
          {qr.address ? <p>{[qr.areaName, qr.address].filter(Boolean).join(' ')}</p> : null}
          <Code url={qr.url} />
          <p>{t('sheetHow')}</p>
          <p className="ms-qr-call">{t('sheetCall')} <strong>{qr.hotline}</strong></p>
          <p className="ms-hint">{t('sheetNote', { valid: qr.validUntil ? t('until', { at: when(qr.validUntil) }) : t('forever'), code: qr.code })}</p>
        </main>
      ))}
    </QueryView>
  )
}

function Code({ url }: { url: string }): ReactElement {
  const [svg, setSvg] = useState('')
  useEffect(() => {
    void qrSvg(url, { type: 'svg', margin: 2 }).then(setSvg)
  }, [url])
  return <img className="ms-qr-code" alt={url} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} />
}

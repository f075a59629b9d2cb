// What the portal does for people who see, hear or move differently, and where to get a person's help.
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { setDisplay, useDisplay } from '../../app/display.ts'
import { Page } from '../../app/Page.tsx'
import { usePortal } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { t } from './texts.zh-CN.ts'

export default function AccessibilityPage(): ReactElement {
  const { hotline } = usePortal()
  const display = useDisplay()
  return (
    <Page title={t('title')} intro={t('intro')}>
      <div id="help">
        <Card title={t('help')}>
          <ul className="k-stack" data-gap="small"><li>{t('help1', { number: hotline })}</li><li>{t('help2')}</li><li>{t('help3')}</li></ul>
          <div className="p-two"><LinkButton to={`tel:${hotline}`} tone="primary" icon="phone">{hotline}</LinkButton><LinkButton to="/submit">{t('helpSubmit')}</LinkButton></div>
        </Card>
      </div>
      <Card title={t('elderTitle')}>
        <p>{t('elder1')}</p>
        <p>{t('elder2')}</p>
        <div className="p-two">
          <Button tone="soft" onClick={() => setDisplay({ elder: !display.elder, asked: true })}>{display.elder ? t('elderOff') : t('elderOn')}</Button>
          <Button onClick={() => setDisplay({ contrast: !display.contrast })}>{display.contrast ? t('contrastOff') : t('contrastOn')}</Button>
          <ReadAloud />
        </div>
      </Card>
      <Card title={t('keys')}><p>{t('keys1')}</p><p>{t('keys2')}</p></Card>
      <Card title={t('standardTitle')}><p>{t('standard')}</p></Card>
      <Card title={t('limitsTitle')}><p>{t('limits')}</p></Card>
      <Card title={t('tellTitle')}><p>{t('tell', { number: hotline })}</p><div><LinkButton to="/submit">{t('tellGo')}</LinkButton></div></Card>
    </Page>
  )
}

/** The browser's own voice; where there is none, it says so. */
function ReadAloud(): ReactElement {
  const able = 'speechSynthesis' in window
  const [reading, setReading] = useState(false)
  useEffect(() => () => { if (able) speechSynthesis.cancel() }, [able])
  if (!able) return <p className="k-hint">{t('readNone')}</p>
  const toggle = () => {
    speechSynthesis.cancel()
    if (reading) return setReading(false)
    const words = new SpeechSynthesisUtterance(document.getElementById('main')?.innerText ?? '')
    words.lang = 'zh-CN'
    words.onend = () => setReading(false)
    speechSynthesis.speak(words)
    setReading(true)
  }
  return <Button icon="sound" aria-pressed={reading} onClick={toggle}>{reading ? t('readStop') : t('read')}</Button>
}

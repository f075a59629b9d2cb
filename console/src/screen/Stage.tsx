// The stage: drawn for 1920×1080 and scaled as a whole; head with clock and age of the data.
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useNow } from '../ui/use-now.ts'
import { turned } from '../ui/places.ts'
import { clockTime, day, fromEpoch, instant } from '../ui/time.ts'
import { PanelBox } from './PanelBox.tsx'
import { t } from './texts.zh-CN.ts'
import { useScreen } from './use-screen.ts'

const [WIDE, HIGH] = [1920, 1080]
const scaleNow = (): number => Math.min(innerWidth / WIDE, innerHeight / HIGH)

export function useScale(): number {
  const [scale, setScale] = useState(scaleNow)
  useEffect(() => {
    const measure = (): void => setScale(scaleNow())
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  return scale
}

export function Frame({ scale, children }: { scale: number; children: ReactNode }): ReactElement {
  return <div className="s-wall"><div className="s-stage" style={{ transform: `translate(-50%, -50%) scale(${scale})` }}>{children}</div></div>
}

export function Head({ title, centre, foot, extra }: { title: string; centre: string; foot?: ReactNode; extra?: ReactNode }): ReactElement {
  const at = useNow(1)
  const iso = fromEpoch(at)
  const date = day(iso)
  const weekday = ((Math.floor(instant(`${date}T12:00:00Z`) / 86_400_000) + 4) % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6
  return (
    <header className="s-head">
      <div className="s-left"><span>{date}</span><span>{t(`day.${weekday}`)}</span><b>{clockTime(iso)}</b></div>
      <div className="s-middle"><h1>{title}</h1><p>{centre}</p></div>
      <div className="s-right">{extra}{foot}</div>
    </header>
  )
}

export function Stage({ code, centre, note }: { code: string; centre: string; note?: string | undefined }): ReactElement {
  const scale = useScale()
  const { data, failing } = useScreen(code)
  const at = useNow(5)
  if (!data) return <Frame scale={scale}><Head title={t('product')} centre={centre} /><p className="s-calm">{t(failing ? 'pairFailed' : 'loading')}</p></Frame>
  const answers = new Map(data.panels.map((one) => [one.id, one]))
  const time = clockTime(data.asOf)
  const old = at - instant(data.asOf) > 2 * data.board.refreshSeconds * 1000 || failing
  // A wall has no hand that turns pages: tabs take turns as carousels do.
  const turn = Math.floor(at / (data.board.carouselSeconds * 1000))
  const tabs = [...new Set(data.board.panels.flatMap((one) => one.tab ?? []))]
  const shown = turned(data.board.panels.filter((one) => one.tab === undefined || one.tab === tabs[turn % tabs.length]), turn)
  return (
    <Frame scale={scale}>
      <Head title={data.board.name} centre={centre} extra={<span>{t(`period.${data.board.period}`)}{data.from === data.to ? '' : ` ${data.from.slice(5)} – ${data.to.slice(5)}`}</span>}
        foot={<span className="s-age" data-old={old || undefined} role="status">{note ? `${note} · ` : ''}{old ? t('stale', { time }) : <>{t('asOf', { time })} <i>●</i>{t('live')}</>}</span>} />
      <main key={code} className="s-grid">{shown.map((panel) => <PanelBox key={panel.id} panel={panel} data={answers.get(panel.id)} board={code} scale={scale} />)}</main>
    </Frame>
  )
}

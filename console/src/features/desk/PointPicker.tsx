// 地图选点: the site's tiles where it has set them, else outlines of areas on plain paper; coordinates can always be typed (ux 2.5.7).
import { Button, InputNumber, Select } from 'antd'
import type { PointerEvent, ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { t } from './texts.zh-CN.ts'

export type Point = { lon: number; lat: number }
type Props = { value: Point | null; areaCode?: string; onChange: (point: Point | null) => void; onArea: (code: string) => void; onPlace: (place: { areaCode: string | null; address: string }) => void }

const TILE = 256
const systems = ['WGS84', 'GCJ02', 'BD09', 'CGCS2000'] as const
const x = (lon: number, zoom: number): number => ((lon + 180) / 360) * 2 ** zoom * TILE
const y = (lat: number, zoom: number): number => ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** zoom * TILE
const lonAt = (px: number, zoom: number): number => (px / TILE / 2 ** zoom) * 360 - 180
const latAt = (py: number, zoom: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * py) / TILE / 2 ** zoom))) * 180) / Math.PI
const round = (n: number): number => Math.round(n * 1e6) / 1e6

export function PointPicker({ value, areaCode, onChange, onArea, onPlace }: Props): ReactElement {
  const map = useQueryOf('mapOfSite', areaCode ? { areaCode } : {}, { staleTime: 600_000 })
  const [typed, setTyped] = useState<{ lon: number | null; lat: number | null; system: (typeof systems)[number] }>({ lon: null, lat: null, system: 'WGS84' })
  const ready = typed.lon !== null && typed.lat !== null
  const asked = ready ? { lon: typed.lon ?? 0, lat: typed.lat ?? 0, system: typed.system } : value ? { ...value, system: 'WGS84' as const } : null
  const checked = useQueryOf('checkPoint', { ...(asked ?? { lon: 0, lat: 0, system: 'WGS84' as const }), ...(areaCode ? { areaCode } : {}) }, { enabled: asked !== null, keepPrevious: true, staleTime: 60_000 })
  const canvas = useRef<HTMLCanvasElement>(null)
  const data = map.data
  const outline = data?.outlines[0]?.rings[0]?.[0]
  const start = value ?? data?.centre ?? (outline ? { lon: outline[0], lat: outline[1] } : null)
  const [view, setView] = useState<{ lon: number; lat: number; zoom: number } | null>(null)
  const at = view ?? (start ? { ...start, zoom: 13 } : { lon: 105, lat: 35, zoom: 4 })
  useEffect(() => {
    const el = canvas.current
    const pen = el?.getContext('2d')
    if (!el || !pen || !data) return
    const style = getComputedStyle(el)
    const [w, h] = [el.width, el.height]
    const [left, top] = [x(at.lon, at.zoom) - w / 2, y(at.lat, at.zoom) - h / 2]
    let live = true
    const draw = () => {
      pen.strokeStyle = style.getPropertyValue('--ms-primary')
      for (const one of data.outlines) {
        for (const ring of one.rings) {
          pen.beginPath()
          ring.forEach(([lon = 0, lat = 0], i) => (i === 0 ? pen.moveTo(x(lon, at.zoom) - left, y(lat, at.zoom) - top) : pen.lineTo(x(lon, at.zoom) - left, y(lat, at.zoom) - top)))
          pen.stroke()
        }
      }
      if (!value) return
      pen.fillStyle = style.getPropertyValue('--ms-over-mark')
      pen.beginPath()
      pen.arc(x(value.lon, at.zoom) - left, y(value.lat, at.zoom) - top, 6, 0, 2 * Math.PI)
      pen.fill()
    }
    pen.fillStyle = style.getPropertyValue('--ms-bg-page')
    pen.fillRect(0, 0, w, h)
    pen.strokeStyle = style.getPropertyValue('--ms-line')
    for (let i = 0; i < w; i += 40) pen.strokeRect(i, -1, 40, h + 2)
    for (let j = 0; j < h; j += 40) pen.strokeRect(-1, j, w + 2, 40)
    const url = data.tileUrl
    if (url) {
      const zoom = Math.round(at.zoom)
      for (let i = Math.floor(left / TILE); i * TILE < left + w; i++)
        for (let j = Math.floor(top / TILE); j * TILE < top + h; j++) {
          const image = new Image()
          image.onload = () => { if (live) { pen.drawImage(image, i * TILE - left, j * TILE - top); draw() } }
          image.src = url.replace('{z}', String(zoom)).replace('{x}', String(i)).replace('{y}', String(j))
        }
    }
    draw()
    return () => { live = false }
  }, [data, at.lon, at.lat, at.zoom, value])
  const pick = (event: PointerEvent<HTMLCanvasElement>) => {
    const el = event.currentTarget
    const box = el.getBoundingClientRect()
    const [px, py] = [((event.clientX - box.left) / box.width) * el.width, ((event.clientY - box.top) / box.height) * el.height]
    setTyped({ ...typed, lon: null, lat: null })
    onChange({ lon: round(lonAt(x(at.lon, at.zoom) - el.width / 2 + px, at.zoom)), lat: round(latAt(y(at.lat, at.zoom) - el.height / 2 + py, at.zoom)) })
  }
  const move = (dx: number, dy: number, dz = 0) => setView({ lon: lonAt(x(at.lon, at.zoom) + dx, at.zoom), lat: latAt(y(at.lat, at.zoom) + dy, at.zoom), zoom: Math.max(3, Math.min(18, at.zoom + dz)) })
  return (
    <div className="ms-stack">
      <canvas ref={canvas} width={640} height={360} className="ms-point-map" role="img" aria-label={t('point.map')} onPointerDown={pick} />
      <div className="ms-row">
        {([['←', -160, 0], ['→', 160, 0], ['↑', 0, -120], ['↓', 0, 120]] as const).map(([label, dx, dy]) => <Button key={label} size="small" onClick={() => move(dx, dy)}>{label}</Button>)}
        <Button size="small" onClick={() => move(0, 0, 1)}>＋</Button><Button size="small" onClick={() => move(0, 0, -1)}>－</Button>
        <span className="ms-grow" />
        <span className="ms-hint">{data?.tileUrl ? data.attribution : t('point.plain')}</span>
      </div>
      <div className="ms-row">
        <Select size="small" aria-label={t('point.system')} value={typed.system} onChange={(system) => setTyped({ ...typed, system })} options={systems.map((one) => ({ value: one, label: t(`point.${one}`) }))} style={{ inlineSize: 150 }} />
        <InputNumber size="small" aria-label={t('point.lon')} placeholder={t('point.lon')} min={-180} max={180} value={typed.lon ?? (typed.system === 'WGS84' ? (value?.lon ?? null) : null)} onChange={(lon) => setTyped({ ...typed, lon, lat: typed.lat ?? value?.lat ?? null })} style={{ inlineSize: 130 }} />
        <InputNumber size="small" aria-label={t('point.lat')} placeholder={t('point.lat')} min={-90} max={90} value={typed.lat ?? (typed.system === 'WGS84' ? (value?.lat ?? null) : null)} onChange={(lat) => setTyped({ ...typed, lat, lon: typed.lon ?? value?.lon ?? null })} style={{ inlineSize: 130 }} />
        <Button size="small" disabled={!ready || !checked.data} onClick={() => { if (checked.data) { onChange({ lon: round(checked.data.lon), lat: round(checked.data.lat) }); setView({ lon: checked.data.lon, lat: checked.data.lat, zoom: Math.max(at.zoom, 13) }); setTyped({ ...typed, lon: null, lat: null }) } }}>{t('point.use')}</Button>
        <Button size="small" disabled={!value} onClick={() => onChange(null)}>{t('point.clear')}</Button>
      </div>
      {asked && checked.data ? (
        <div role="status" className={checked.data.inArea === false ? 'ms-gaps' : 'ms-hint'}>
          {checked.data.inArea === false ? t('point.outside') : checked.data.inArea ? t('point.within') : t('point.unknown')}
          {checked.data.area && checked.data.area.code !== areaCode ? <> · {t('point.at', { name: checked.data.area.name })} <button type="button" className="ms-link-button" onClick={() => onArea(checked.data?.area?.code ?? '')}>{t('point.fill')}</button></> : null}
        </div>
      ) : null}
      {value && checked.data && checked.data.places.length > 0 ? (
        <div className="ms-row ms-wrap"><span className="ms-hint">{t('point.places')}</span>{checked.data.places.map((one) => <Button key={`${one.areaCode}${one.address}`} size="small" className="ms-proposal-button" onClick={() => onPlace(one)}>{one.address} · {t('point.metres', { n: one.metres })}</Button>)}</div>
      ) : null}
    </div>
  )
}

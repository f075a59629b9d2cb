import { useState } from 'react'
import type { ReactElement } from 'react'
import { Field } from '../Fields.tsx'
import { Button } from '../Button.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { name: string; label: string; help?: string | undefined; error?: string | undefined; optional: boolean; value: unknown; onValue: (value: unknown) => void }

/** A place by this device, in words of one's own beside; nothing is asked of the device before the button is pressed. */
export function PointField({ value, onValue, ...shared }: Props): ReactElement {
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle')
  const held = typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)) : new Map<string, unknown>()
  const [lon, lat, words] = [held.get('lon'), held.get('lat'), held.get('text')]
  const locate = () => {
    setState('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('idle')
        onValue({ ...Object.fromEntries(held), lon: Math.round(coords.longitude * 1e6) / 1e6, lat: Math.round(coords.latitude * 1e6) / 1e6 })
      },
      () => setState('failed'),
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  }
  return (
    <Field {...shared}>
      {(wired) => (
        <>
          <div className="k-line">
            <Button icon="place" busy={state === 'asking'} onClick={locate}>{t('locate')}</Button>
            {typeof lon === 'number' && typeof lat === 'number' ? <span className="k-num">{t('located', { lon, lat })}</span> : null}
          </div>
          {state === 'failed' ? <p className="k-hint" role="status">{t('locateFailed')}</p> : null}
          <input {...wired} className="k-input" maxLength={300} placeholder={t('text')} value={typeof words === 'string' ? words : ''} onChange={(event) => onValue({ ...Object.fromEntries(held), text: event.target.value || undefined })} />
        </>
      )}
    </Field>
  )
}

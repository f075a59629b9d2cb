// The form as it will be filled in: by the console's renderer, and by the one of the portal and the phone.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { FormView } from '../../../../portal/src/kit/forms/FormView.tsx'
import { FormRenderer, focusField } from '../../ui/FormRenderer.tsx'
import { validate } from '../../ui/form-rules.ts'
import type { FormErrors, FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { areaLoader, matterLoader, unitLoader, userLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'
import '../../../../portal/src/kit/controls.css'

export const loaders = { unit: unitLoader(), matter: matterLoader(), area: areaLoader, user: userLoader() }

function useTrial(schema: FormSchema) {
  const root = useRef<HTMLDivElement>(null)
  const [value, setValue] = useState<FormValue>({})
  const [errors, setErrors] = useState<FormErrors>({})
  const check = () => {
    const found = validate(schema, value)
    setErrors(found)
    const [first] = Object.keys(found)
    if (first) focusField(root.current, first)
    say(first ? t('checkBad', { n: Object.keys(found).length }) : t('checkOk'), first ? 'over' : undefined)
  }
  const change = (next: FormValue) => {
    setValue(next)
    setErrors((held) => Object.fromEntries(Object.entries(held).filter(([name]) => next[name.split('.')[0] ?? ''] === value[name.split('.')[0] ?? ''])))
  }
  return { root, value, errors, change, check }
}

export function DesktopPreview({ schema }: { schema: FormSchema }): ReactElement {
  const { root, value, errors, change, check } = useTrial(schema)
  return (
    <div ref={root} className="ms-form-preview">
      <FormRenderer schema={schema} value={value} onChange={change} errors={errors} layout="left" loaders={loaders} />
      <Button onClick={check}>{t('check')}</Button>
    </div>
  )
}

export function PhonePreview({ schema }: { schema: FormSchema }): ReactElement {
  const { root, value, errors, change, check } = useTrial(schema)
  return (
    <div ref={root} className="ms-form-phone">
      <FormView schema={schema} value={value} onChange={change} errors={errors} />
      <Button block size="large" type="primary" onClick={check}>{t('check')}</Button>
    </div>
  )
}

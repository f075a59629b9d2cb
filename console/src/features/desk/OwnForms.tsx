// Fields that only some orders have: those of a merged line, and those of a case profile.
import type { ReactElement } from 'react'
import { FormRenderer } from '../../ui/FormRenderer.tsx'
import type { FormErrors } from '../../ui/form-rules.ts'
import { Tag } from '../../ui/Tags.tsx'
import { orderLoaders } from '../orders/pickers.ts'
import type { CallForm } from './call-form.ts'
import { t } from './texts.zh-CN.ts'
import type { OwnFields } from './use-own-forms.ts'

type Props = { own: OwnFields; form: CallForm; change: (changes: Partial<CallForm>) => void; errors: FormErrors }

export function OwnForms({ own, form, change, errors }: Props): ReactElement {
  const shared = { errors, layout: 'left' as const, loaders: orderLoaders }
  const { line, profile, profileSchema } = own
  return (
    <>
      {line ? <fieldset className="ms-call-group"><legend>{t('group.line')}</legend><FormRenderer {...shared} schema={line} value={form.lineData} onChange={(lineData) => change({ lineData })} /></fieldset> : null}
      {profile ? (
        <fieldset className="ms-call-group">
          <legend>{profile.name}</legend>
          <p className="ms-row ms-hint" role="status"><Tag tone="primary">{t('profile.found')}</Tag>{[...profile.limits, profile.queueName ? t('profile.queue', { name: profile.queueName }) : ''].filter(Boolean).join(' · ')}</p>
          {profileSchema ? <FormRenderer {...shared} schema={profileSchema} value={form.profileData} onChange={(profileData) => change({ profileData })} /> : null}
        </fieldset>
      ) : null}
    </>
  )
}

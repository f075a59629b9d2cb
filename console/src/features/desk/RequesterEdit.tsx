// Editing a requester's record; masked values go back untouched and change nothing.
import type { ReactElement } from 'react'
import { useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { ageRanges } from './ages.ts'
import type { Requester } from './RequesterPanel.tsx'
import { t } from './texts.zh-CN.ts'

const words = (values: FormValue, name: string): string => (typeof values[name] === 'string' ? values[name].trim() : '')
const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])

function schemaOf(person: Requester): FormSchema {
  const hint = (value: string | null) => (value?.includes('*') ? t('masked') : undefined)
  return {
    type: 'object',
    properties: {
      name: { type: 'string', title: person.subjectKind === 'enterprise' ? t('enterpriseName') : t('name'), maxLength: 60, description: hint(person.name) },
      ...(person.subjectKind === 'enterprise' ? {} : {
        sex: { type: 'string', title: t('sex'), oneOf: [{ const: 'male', title: t('male') }, { const: 'female', title: t('female') }], 'x-buttons': true, 'x-half': true },
        ageRange: { type: 'string', title: t('age'), enum: [...ageRanges], 'x-buttons': false, 'x-half': true },
      }),
      idNumber: { type: 'string', title: t('idNumber'), maxLength: 40, description: hint(person.idNumber) },
      areaCode: { type: 'string', format: 'area', title: t('area') },
      address: { type: 'string', title: t('address'), maxLength: 200 },
      detailAddress: { type: 'string', title: t('detailAddress'), maxLength: 200, description: hint(person.detailAddress) },
      addPhone: { type: 'string', format: 'phone', title: t('addPhone') },
      ...(person.phones.length > 1 ? { removePhones: { type: 'array' as const, title: t('removePhone'), items: { enum: person.phones.filter((one) => !one.main).map((one) => one.mask) } } } : {}),
    },
  }
}

export function RequesterEdit({ person, onClose, onSaved }: { person: Requester; onClose: () => void; onSaved: () => void }): ReactElement {
  const version = useRef(person.version)
  const client = useQueryClient()
  const before: FormValue = { name: person.name, sex: person.sex ?? undefined, ageRange: person.ageRange ?? undefined, idNumber: person.idNumber ?? undefined, areaCode: person.areaCode ?? undefined, address: person.address ?? undefined, detailAddress: person.detailAddress ?? undefined }
  const submit = async (values: FormValue) => {
    const changed = (name: string): string | null | undefined => (words(values, name) === words(before, name) ? undefined : words(values, name) || null)
    const sex = values.sex === before.sex ? undefined : values.sex === 'male' || values.sex === 'female' ? values.sex : null
    try {
      await call('patchRequester', {
        id: person.id, version: version.current, name: changed('name'), sex, ageRange: changed('ageRange'), idNumber: changed('idNumber'), areaCode: changed('areaCode'), address: changed('address'), detailAddress: changed('detailAddress'),
        addPhones: words(values, 'addPhone') ? [words(values, 'addPhone')] : [], removePhones: list(values.removePhones),
      })
    } catch (error) {
      const problem = asProblem(error)
      // the second press is a decision on what was shown beside the form
      if (problem.status === 409 && typeof problem.current === 'object' && problem.current !== null && 'version' in problem.current && typeof problem.current.version === 'number') version.current = problem.current.version
      throw problem
    }
    await client.invalidateQueries({ queryKey: ['requesterChanges'] })
    say(t('saved'))
    onSaved()
  }
  return <ActDrawer open onClose={onClose} title={t('editTitle')} sub={person.name} schema={schemaOf(person)} initial={before} submit={submit} submitLabel={t('editSubmit')} loaders={orderLoaders} conflict={() => ({ text: t('conflict'), rows: [] })} />
}

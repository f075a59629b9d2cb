// Which kind of order the form in progress would be, asked a moment after typing stops: its own fields and those of its line.
import { useEffect, useMemo, useState } from 'react'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { validate } from '../../ui/form-rules.ts'
import type { FormErrors, FormSchema } from '../../ui/form-rules.ts'
import { fieldOf, isEnterprise } from './call-form.ts'
import type { CallForm } from './call-form.ts'

type Found = OutputOf<'profileForForm'>
export type OwnFields = { line: FormSchema | null; profile: Found['profile']; profileSchema: FormSchema | null; gaps: FormErrors; names: string[]; labels: Record<string, string> }

const PAUSE = 700

export function useOwnForms(form: CallForm): OwnFields {
  const input: InputOf<'profileForForm'> = useMemo(() => ({
    appealType: fieldOf(form, 'appealType') ?? '', matterId: fieldOf(form, 'matterId'), title: fieldOf(form, 'title') ?? '', content: fieldOf(form, 'content') ?? '', areaCode: fieldOf(form, 'areaCode'), address: fieldOf(form, 'address'), urgency: fieldOf(form, 'urgency') ?? 'normal',
    channel: form.channel, subjectKind: form.requester.subjectKind, line: fieldOf(form, 'line'), enterprise: isEnterprise(form),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- other fields do not decide
  }), [form.fields, form.channel, form.requester.subjectKind])
  const text = JSON.stringify(input)
  const [asked, setAsked] = useState<InputOf<'profileForForm'> | null>(null)
  useEffect(() => {
    const wait = setTimeout(() => setAsked(JSON.parse(text) as InputOf<'profileForForm'>), PAUSE)
    return () => clearTimeout(wait)
  }, [text])
  const found = useQueryOf('profileForForm', asked ?? input, { enabled: asked !== null && [asked.appealType, asked.title, asked.content, asked.line].some(Boolean), keepPrevious: true, staleTime: 60_000 }).data
  return useMemo(() => {
    const line = (input.line ? (found?.line?.schema as FormSchema | undefined) : undefined) ?? null
    const profile = found?.profile ?? null
    // exactly what registration demands of the profile is mandatory here; later stages ask for the rest
    const profileSchema = profile?.form ? { ...(profile.form.schema as FormSchema), required: profile.required } : null
    const titles = (schema: FormSchema | null) => Object.entries(schema?.properties ?? {}).map(([name, field]): [string, string] => [name, field.title])
    return {
      line, profile, profileSchema, gaps: { ...(line ? validate(line, form.lineData) : {}), ...(profileSchema ? validate(profileSchema, form.profileData) : {}) },
      names: ['enterpriseCode', 'enterpriseId', ...titles(line).map(([name]) => name), ...titles(profileSchema).map(([name]) => name)], labels: Object.fromEntries([...titles(line), ...titles(profileSchema)]),
    }
  }, [found, input.line, form.lineData, form.profileData])
}

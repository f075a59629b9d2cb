// One form: preview as agents and citizens see it, fields, versions with publishing, where it is used.
import { Button, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { FormRenderer } from '../../../ui/FormRenderer.tsx'
import { choicesOf, validate } from '../../../ui/form-rules.ts'
import type { FormErrors, FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { areaLoader, matterLoader, unitLoader, userLoader } from '../../orders/pickers.ts'
import { cleared, useAct } from '../parts/use-act.ts'
import { conditionText, rowsOf, typeOf } from './form-fields.ts'
import { FormVersionEditor } from './FormVersionEditor.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/parts.css'

type Form = OutputOf<'showForm'>
type Version = Form['versions'][number]
const tones = { draft: 'near', published: 'ok', history: 'calm' } as const
const loaders = { unit: unitLoader(), matter: matterLoader(), area: areaLoader, user: userLoader() }
/** The server's dialect and the renderer's are one; only open unions differ in type. */
const asForm = (schema: Version['schema']): FormSchema => schema as FormSchema

export default function FormPage(): ReactElement {
  const { id = '' } = useParams()
  const form = useQueryOf('showForm', { id })
  return <QueryView query={form}>{(data) => <View form={data} />}</QueryView>
}

function View({ form }: { form: Form }): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const types = useQueryOf('listAppealTypes', { all: 'true' }, { staleTime: 300_000 })
  const send = useAct('showForm', 'listForms', 'findForm')
  const [editing, setEditing] = useState(false)
  const [binding, setBinding] = useState(false)
  const manage = can('forms.manage')
  const version = form.versions.find((one) => String(one.version) === search.get('version')) ?? form.versions.find((one) => one.state === 'published') ?? form.versions[0]
  const run = async (what: () => Promise<unknown>, done: string) => {
    try {
      await what()
      say(done)
    } catch (error) {
      const problem = asProblem(error)
      say([problem.message, ...problem.fields.map((field) => field.message)].join('；'), 'over')
    }
  }
  const publish = async (one: Version) => {
    if (await confirm({ title: t('publishTitle', { name: form.name, n: one.version }), text: t('publishText'), verb: t('publish') })) await run(() => send('publishFormVersion', { id: one.id }), t('publishDone'))
  }
  const unbind = async (bindingId: string) => {
    if (await confirm({ title: t('unbindTitle'), text: t('unbindText'), verb: t('unbind'), danger: true })) await run(() => send('unbindForm', { id: form.id, bindingId }), t('unbound'))
  }
  const typeName = (code: string | null) => (code === null ? null : (types.data?.items.find((type) => type.id === code)?.name ?? code))
  return (
    <Page title={form.name} sub={<span className="ms-code">{form.key}</span>} help="forms" state={version ? <Tag tone={tones[version.state]}>v{version.version} {t(version.state)}</Tag> : null}
      acts={<>
        <Select size="small" style={{ inlineSize: 160 }} aria-label={t('versions')} value={version?.version} options={form.versions.map((one) => ({ value: one.version, label: `${t('choose', { n: one.version })} · ${t(one.state)}` }))} onChange={(next) => setSearch({ version: String(next) })} />
        {manage && version ? <Button onClick={() => setEditing(true)}>{t('newVersion')}</Button> : null}
        {manage && version?.state === 'draft' ? <Button type="primary" onClick={() => void publish(version)}>{t('publish')}</Button> : null}
      </>}>
      <div><Link to="/admin/forms">{t('back')}</Link></div>
      <div className="ms-grid" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(420px, 1fr))', alignItems: 'start' }}>
        {version ? <Preview key={version.id} schema={asForm(version.schema)} /> : null}
        <div className="ms-stack">
          {version ? (
            <Section flush title={t('fields')}>
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('field')}</th><th scope="col">{t('type')}</th><th scope="col">{t('choices')}</th><th scope="col">{t('visibleIf')}</th></tr></thead>
                <tbody>{rowsOf(asForm(version.schema)).map(({ key, field, required }) => (
                  <tr key={key}><td title={key}>{field.title} {required ? <Tag tone="primary">{t('required')}</Tag> : null}</td><td>{t(`type_${typeOf(field)}`)}</td><td>{choicesOf(field)?.map((choice) => choice.label).join('、') ?? '–'}</td><td>{conditionText(field, asForm(version.schema))}</td></tr>
                ))}</tbody>
              </table>
            </Section>
          ) : null}
          <Section title={t('bindings')} extra={manage ? <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => setBinding(true)}>{t('bind')}</Button> : null}>
            {form.bindings.length === 0 ? <span className="ms-muted">{t('noBindings')}</span> : <ul className="ms-bare">{form.bindings.map((one) => <li key={one.id} className="ms-row"><Tag tone="primary">{[typeName(one.appealType), one.matterId ? t('matter') : null, one.line].filter(Boolean).join(' · ') || t('bindingAll')}</Tag>{manage ? <button type="button" className="ms-link-button" onClick={() => void unbind(one.id)}>{t('unbind')}</button> : null}</li>)}</ul>}
          </Section>
          <Section flush title={t('versions')}>
            <table className="ms-plain-table">
              <tbody>{form.versions.map((one) => <tr key={one.id}><td><button type="button" className="ms-link-button" onClick={() => setSearch({ version: String(one.version) })}>v{one.version}</button> <Tag tone={tones[one.state]}>{t(one.state)}</Tag></td><td>{t('by')} {one.createdByName} <Time iso={one.createdAt} /></td><td>{one.publishedAt ? <>{t('publishedAt')} <Time iso={one.publishedAt} /></> : null}</td></tr>)}</tbody>
            </table>
          </Section>
        </div>
      </div>
      {version ? <FormVersionEditor open={editing} onClose={() => setEditing(false)} form={form} schema={asForm(version.schema)} onSaved={(n) => setSearch({ version: String(n) })} /> : null}
      <ActDrawer open={binding} onClose={() => setBinding(false)} title={t('bind')} sub={form.name} notice={t('bindHint')} loaders={loaders} submitLabel={t('bind')}
        schema={{ type: 'object', properties: { appealType: { type: 'string', title: t('appealType'), 'x-buttons': false, oneOf: (types.data?.items ?? []).filter((type) => type.state === 'effective').map((type) => ({ const: type.id, title: type.name })) }, matterId: { type: 'string', title: t('matter'), format: 'matter' }, line: { type: 'string', title: t('line'), maxLength: 40 } } }}
        submit={async (values) => { await send('bindForm', { ...cleared(values, ['appealType', 'matterId', 'line']), id: form.id }); say(t('bound')) }} />
    </Page>
  )
}

function Preview({ schema }: { schema: FormSchema }): ReactElement {
  const [value, setValue] = useState<FormValue>({})
  const [errors, setErrors] = useState<FormErrors>({})
  const [layout, setLayout] = useState<'left' | 'above'>('above')
  const check = () => {
    const found = validate(schema, value)
    setErrors(found)
    if (Object.keys(found).length === 0) say(t('checkOk'))
  }
  return (
    <Section title={<span className="ms-row">{t('preview')} <span className="ms-hint">{t('previewHint')}</span></span>} extra={<Segmented size="small" value={layout} options={[{ value: 'above', label: t('previewAbove') }, { value: 'left', label: t('previewLeft') }]} onChange={setLayout} />}>
      <FormRenderer schema={schema} value={value} onChange={setValue} errors={errors} layout={layout} loaders={loaders} />
      <Button style={{ marginBlockStart: 12 }} onClick={check}>{t('check')}</Button>
    </Section>
  )
}

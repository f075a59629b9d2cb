// All versions of a form, and what differs between two of them.
import { Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { conditionsOf } from '../../ui/form-rules.ts'
import type { FormSchema, Rule } from '../../ui/form-rules.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { ruleWords } from './design.ts'
import { tones } from './FormPage.tsx'
import type { Form, Version } from './FormPage.tsx'
import { t } from './texts.zh-CN.ts'

export function Versions({ form, onOpen }: { form: Form; onOpen: (version: number) => void }): ReactElement {
  const [newer, setNewer] = useState<Version | null>(null)
  return (
    <div style={{ overflow: 'auto' }}>
      <Section flush title={t('versions')}>
        <table className="ms-plain-table">
          <tbody>{form.versions.map((one) => (
            <tr key={one.id}>
              <td><button type="button" className="ms-link-button" onClick={() => onOpen(one.version)}>v{one.version}</button> <Tag tone={tones[one.state]}>{t(one.state)}</Tag></td>
              <td>{t('by')} {one.createdByName} <Time iso={one.createdAt} /></td>
              <td>{one.publishedAt ? <>{t('publishedAt')} <Time iso={one.publishedAt} /></> : null}</td>
              <td>{one.retiredAt ? <>{t('retiredAt')} <Time iso={one.retiredAt} /></> : null}</td>
              <td>{one.note}</td>
              <td>{form.versions.length > 1 ? <button type="button" className="ms-link-button" onClick={() => setNewer(one)}>{t('compare')}</button> : null}</td>
            </tr>
          ))}</tbody>
        </table>
      </Section>
      {newer ? <Compare form={form} newer={newer} onClose={() => setNewer(null)} /> : null}
    </div>
  )
}

function Compare({ form, newer, onClose }: { form: Form; newer: Version; onClose: () => void }): ReactElement {
  const others = form.versions.filter((one) => one.id !== newer.id)
  const [against, setAgainst] = useState(others.find((one) => one.version < newer.version)?.id ?? others[0]?.id ?? '')
  const older = form.versions.find((one) => one.id === against)
  const differences = useQueryOf('compareFormVersions', { id: newer.id, with: against })
  return (
    <Modal open width={860} footer={null} onCancel={onClose} title={t('compareTitle', { a: older?.version ?? '', b: newer.version })}>
      <div className="ms-row" style={{ marginBlockEnd: 12 }}>{t('compareWith')}<Select aria-label={t('compareWith')} value={against} style={{ inlineSize: 180 }} options={others.map((one) => ({ value: one.id, label: `${t('choose', { n: one.version })} · ${t(one.state)}` }))} onChange={setAgainst} /></div>
      <QueryView query={differences}>
        {(data) => (data.items.length === 0 ? <p className="ms-muted">{t('same')}</p> : (
          <div className="ms-scroll">
            <table className="ms-plain-table">
              <tbody>{data.items.map((one) => (
                <tr key={one.key}>
                  <td style={{ inlineSize: 190 }}><Tag tone={one.kind === 'removed' ? 'over' : one.kind === 'added' ? 'ok' : 'near'}>{t(`diff_${one.kind}`)}</Tag> {one.title}</td>
                  <td>{one.details.map((detail) => <div key={detail.part}>{detail.part}：<del>{inWords(newer, detail.before)}</del> → <ins>{inWords(newer, detail.after)}</ins></div>)}</td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        ))}
      </QueryView>
    </Modal>
  )
}

const isRule = (value: object): value is Rule => 'all' in value || 'any' in value || ('field' in value && !('title' in value))

function inWords(version: Version, value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map((one: unknown) => (typeof one === 'object' && one !== null && 'title' in one ? String(one.title) : String(one))).join('、')
  if (typeof value === 'object' && isRule(value) && conditionsOf(value).every((one) => typeof one === 'object')) return ruleWords(version.schema as FormSchema, value)
  if (typeof value === 'object' && 'enum' in value) return inWords(version, value.enum)
  if (typeof value === 'object' && 'oneOf' in value) return inWords(version, value.oneOf)
  if (typeof value === 'object' && 'properties' in value && typeof value.properties === 'object' && value.properties !== null) return inWords(version, Object.values(value.properties))
  return JSON.stringify(value)
}

// Demo only: one click a role. People are grouped by the centre they work for.
import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { demoSignIn } from '../../api/session.ts'
import type { DemoPerson } from '../../api/session.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { IconName } from '../../ui/icons.tsx'
import { t } from '../texts.zh-CN.ts'

const icons: Record<string, IconName> = {
  agent: 'headset', shiftLeader: 'headset', reviewer: 'dispatch', dispatcher: 'dispatch', handler: 'unit', unitLeader: 'unit', callbackAgent: 'callback', inspector: 'quality',
  supervisor: 'supervise', knowledgeEditor: 'book', analyst: 'chart', leader: 'gauge', tenantAdmin: 'gear', systemAdmin: 'gear', businessAdmin: 'gear', auditor: 'shield',
}

export function DemoPeople({ people, onDone, onPassword, bare }: { people: DemoPerson[]; onDone: () => void; onPassword: () => void; bare?: boolean }): ReactElement {
  const [busy, setBusy] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [typed, setTyped] = useState('')
  const enter = async (person: DemoPerson) => {
    setBusy(person.id)
    setProblem(null)
    try {
      await demoSignIn(person.id)
      onDone()
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(null)
    }
  }
  const found = people.filter((one) => `${one.name}${one.roleName}${one.unitName}${one.tenantName}`.includes(typed.trim()))
  const tenants = [...new Set(found.map((one) => one.tenantName))]
  return (
    <div className="ms-demo">
      {bare ? null : (
        <>
          <h1>{t('signIn.demo')}</h1>
          <p className="ms-muted">{t('signIn.demoHint')}</p>
        </>
      )}
      {problem ? <ProblemLine problem={problem} /> : null}
      {people.length > 16 ? <Input allowClear prefix={<Icon name="search" size={14} />} placeholder={t('signIn.demoSearch')} value={typed} onChange={(e) => setTyped(e.target.value)} /> : null}
      {tenants.map((tenant) => (
        <section key={tenant}>
          <h2>{tenant}</h2>
          <div className="ms-demo-grid">
            {found.filter((one) => one.tenantName === tenant).map((person) => (
              <button key={person.id} type="button" className="ms-demo-person" disabled={busy !== null} aria-busy={busy === person.id} onClick={() => void enter(person)}>
                <span className="ms-demo-icon"><Icon name={icons[person.role] ?? 'user'} size={20} /></span>
                <span className="ms-demo-words"><strong>{person.roleName}</strong><span className="ms-ellipsis">{person.name} · {person.unitName}</span></span>
              </button>
            ))}
          </div>
        </section>
      ))}
      <button type="button" className="ms-link-button" onClick={onPassword}>{t('signIn.other')}</button>
    </div>
  )
}

// 联动单位: the base of departments, institutions and enterprises that joint tasks can call upon.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { RowAct } from '../handling/RowAct.tsx'
import { linkedForm } from './row-forms.tsx'
import type { LinkedRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

export default function LinkedUnitsPage(): ReactElement {
  const { can } = useSession()
  const manage = can('orders.manageJoint')
  const query = useQueryOf('listLinkedUnits', { all: 'true' })
  const [acting, setActing] = useState<{ row: LinkedRow | null } | null>(null)
  return (
    <Page title={t('linked')} acts={manage ? <Button type="primary" onClick={() => setActing({ row: null })}>{t('linked.new')}</Button> : undefined}>
      <QueryView query={query}>
        {({ items }) => items.length === 0 ? <Section><Empty kind="done" text={t('linked.empty')} /></Section> : (
          <Section flush>
            <ListTable caption={t('linked')} rows={items} rowKey={(row) => row.id} columns={[
              { key: 'kind', title: t('linked.kind'), width: 96, render: (row) => t(`linked.${row.kind}`) }, { key: 'name', title: t('linked.name'), width: 200, render: (row) => row.name }, { key: 'unit', title: t('linked.unit'), width: 170, render: (row) => row.unitName ?? '–' },
              { key: 'duties', title: t('linked.duties'), width: 220, wide: true, render: (row) => row.duties ?? '–' }, { key: 'contact', title: t('linked.contact'), width: 104, render: (row) => row.contactName ?? '–' }, { key: 'phone', title: t('linked.phone'), width: 216, render: (row) => (row.contactPhone ? <Phone row={row} /> : '–') },
              { key: 'rights', title: t('linked.rights'), width: 80, render: (row) => (row.rights === 'view' ? t('open.view') : t('open.feedback')) }, { key: 'active', title: t('col.state'), width: 72, render: (row) => <Tag tone={row.active ? 'ok' : 'plain'}>{row.active ? t('linked.on') : t('linked.off')}</Tag> },
              ...(manage ? [{ key: 'edit', title: '', width: 72, render: (row: LinkedRow) => <Button type="link" size="small" onClick={() => setActing({ row })}>{t('linked.edit').slice(0, 2)}</Button> }] : []),
            ]} />
          </Section>
        )}
      </QueryView>
      {acting ? <RowAct form={linkedForm(acting.row)} draftKey={`linked:${acting.row?.id ?? 'new'}`} onClose={() => setActing(null)} /> : null}
    </Page>
  )
}

/** Masked until asked for; the look is on the audit record, and ends with the page. */
function Phone({ row }: { row: LinkedRow }): ReactElement {
  const [plain, setPlain] = useState<string | null>(null)
  const reveal = () => void call('revealLinkedPhone', { id: row.id }).then((answer) => setPlain(answer.phone), (error: unknown) => say(asProblem(error).message, 'over'))
  return <span className="ms-row"><bdi>{plain ?? row.contactPhone}</bdi>{plain === null ? <Button type="link" size="small" onClick={reveal}>{t('linked.reveal')}</Button> : null}</span>
}

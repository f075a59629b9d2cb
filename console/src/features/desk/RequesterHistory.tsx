// Every change of a requester's record: who, when, old and new.
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Time } from '../../ui/Page.tsx'
import { Changes } from '../../ui/Timeline.tsx'
import { t } from './texts.zh-CN.ts'

export function RequesterHistory({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const changes = useQueryOf('requesterChanges', { id, limit: 100 })
  return (
    <Drawer open size={480} onClose={onClose} title={t('history')}>
      <QueryView query={changes}>
        {(data) => (
          <div className="ms-stack">
            {data.items.length === 0 ? <Empty kind="done" text={t('noHistory')} /> : null}
            {data.items.map((one) => (
              <div key={one.id} className="ms-earlier">
                <span className="ms-hint"><Time iso={one.at} /> {one.actorName}</span>
                <Changes changes={one.changes} />
              </div>
            ))}
          </div>
        )}
      </QueryView>
    </Drawer>
  )
}

// Choosing an area level by level, as large rows: no tree, no search needed with one thumb.
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { Icon } from './Icon.tsx'
import { Skeleton } from './States.tsx'
import { t } from './texts.zh-CN.ts'

export type Area = { code: string; name: string; leaf: boolean }

/** `root`: whose children come first. `load` gives the children of a code. `minDepth`: from which level on a place may be taken. */
export function AreaPicker({ root, load, onPick, minDepth = 1 }: { root: string; load: (parent: string) => Promise<Area[]>; onPick: (path: Area[]) => void; minDepth?: number }): ReactElement {
  const [path, setPath] = useState<Area[]>([])
  const [children, setChildren] = useState<Area[] | null>(null)
  const [failed, setFailed] = useState(0)
  const parent = path.at(-1)?.code ?? root
  useEffect(() => {
    let live = true
    setChildren(null)
    load(parent).then((list) => { if (live) setChildren(list) }, () => { if (live) setChildren([]) })
    return () => { live = false }
    // `load` is given anew with each rendering; only the place matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [parent, failed])
  const choose = (area: Area) => (area.leaf ? onPick([...path, area]) : setPath([...path, area]))
  return (
    <div className="k-stack" data-gap="small">
      {path.length > 0 ? (
        <div className="k-line" data-spread>
          <span>{path.map((a) => a.name).join(' ')}</span>
          <button type="button" className="k-button" data-tone="quiet" onClick={() => setPath(path.slice(0, -1))}><Icon name="back" />{t('back')}</button>
        </div>
      ) : null}
      {path.length >= minDepth ? <button type="button" className="k-button" data-tone="soft" onClick={() => onPick(path)}><Icon name="check" />{t('areaHere')}：{path.at(-1)?.name}</button> : null}
      {children === null ? <Skeleton lines={5} /> : (
        <ul className="k-choices" aria-label={path.at(-1)?.name ?? t('areaChoose')}>
          {children.map((area) => (
            <li key={area.code}><button type="button" className="k-choice k-area" onClick={() => choose(area)}><span>{area.name}</span>{area.leaf ? null : <Icon name="next" />}</button></li>
          ))}
          {children.length === 0 ? <li className="k-line k-hint">{t('areaEmpty')}<button type="button" className="k-button" data-tone="quiet" onClick={() => setFailed(failed + 1)}>{t('retry')}</button></li> : null}
        </ul>
      )}
    </div>
  )
}

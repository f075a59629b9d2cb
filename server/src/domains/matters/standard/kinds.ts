// The kinds of standard objects by name.
import { enterpriseKind } from '../enterprise/enterprise-kind.ts'
import { dutyLineKind } from '../duty/duty-line-kind.ts'
import { appealTypeKind } from '../classes/appeal-type-kind.ts'
import { schemeNodeKind } from '../classes/scheme-node-kind.ts'
import { dutyKind } from '../duty/duty-kind.ts'
import { directoryKind } from '../matter/directory-kind.ts'
import { matterKind } from '../matter/matter-kind.ts'
import type { AppealTypeContent, DirectoryContent, DutyEntryContent, DutyLineContent, EnterpriseContent, MatterContent, SchemeNodeContent, StandardKind } from './content.ts'
import type { KindSpec } from './kind-spec.ts'

export type ContentOf = { directory: DirectoryContent; matter: MatterContent; dutyEntry: DutyEntryContent; appealType: AppealTypeContent; schemeNode: SchemeNodeContent; enterprise: EnterpriseContent; dutyLine: DutyLineContent }

const kinds: { [K in StandardKind]: KindSpec<ContentOf[K]> } = {
  directory: directoryKind, matter: matterKind, dutyEntry: dutyKind, appealType: appealTypeKind, schemeNode: schemeNodeKind, enterprise: enterpriseKind, dutyLine: dutyLineKind,
}

/** Rules and table of a kind; content goes in and out as that kind's own schema parses it. */
export const kindOf = (kind: StandardKind): KindSpec => kinds[kind] as unknown as KindSpec // every content passes spec.content.parse before a rule sees it

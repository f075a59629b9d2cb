import type { Ctx } from '../../kernel/ctx.ts'
import { bind } from '../../kernel/http/route.ts'
import * as classes from './classes/class-contract.ts'
import { getNode, listAppealTypes, listNodes, listSchemes, options, saveScheme, schemeTree } from './classes/list-classes.ts'
import * as duties from './duty/duty-contract.ts'
import { dutyMatrix } from './duty/duty-matrix.ts'
import { getDuty, listDuties, recommendation } from './duty/list-duties.ts'
import * as imports from './imports/import-contract.ts'
import { applyImport, checkImport, importTemplate, uploadImport } from './imports/run-import.ts'
import { createLimit, editLimit, removeLimit } from './limits/change-limit.ts'
import * as limits from './limits/limit-contract.ts'
import { listLimits, testLimits } from './limits/list-limits.ts'
import { directoryTree } from './matter/directory-tree.ts'
import { getDirectory, getMatter, listDirectories, listMatters } from './matter/list-matters.ts'
import * as matters from './matter/matter-contract.ts'
import { registrationMatter, searchMatters } from './matter/search-matters.ts'
import { actOnStandard, createStandard, editStandard, type Changed } from './standard/change-standard.ts'
import type { StandardKind } from './standard/content.ts'
import { decideBatch } from './standard/decide-batch.ts'
import { decideChange } from './standard/decide-change.ts'
import { fieldsOf } from './standard/patch-of.ts'
import { getChange, listChanges, listVersions } from './standard/read-changes.ts'
import * as standard from './standard/standard-contract.ts'

type Create = { submit: boolean }
type Edit = { id: string; revision: number; submit: boolean; reason?: string | undefined }

const create = (kind: StandardKind) => (ctx: Ctx, { submit, ...content }: Create): Promise<Changed> => createStandard(ctx, kind, { content, submit })
const edit = (kind: StandardKind) => (ctx: Ctx, input: Edit): Promise<Changed> =>
  editStandard(ctx, kind, { id: input.id, revision: input.revision, submit: input.submit, reason: input.reason, fields: fieldsOf(input) })

export const routes = [
  bind(matters.directoryTree, directoryTree),
  bind(matters.listDirectories, listDirectories),
  bind(matters.getDirectory, getDirectory),
  bind(matters.createDirectory, create('directory')),
  bind(matters.editDirectory, edit('directory')),
  bind(matters.listMatters, listMatters),
  bind(matters.getMatter, getMatter),
  bind(matters.createMatter, create('matter')),
  bind(matters.editMatter, edit('matter')),
  bind(matters.searchMatters, searchMatters),
  bind(matters.registrationMatter, registrationMatter),
  bind(duties.dutyMatrix, dutyMatrix),
  bind(duties.listDuties, listDuties),
  bind(duties.getDuty, getDuty),
  bind(duties.createDuty, create('dutyEntry')),
  bind(duties.editDuty, edit('dutyEntry')),
  bind(duties.recommendation, recommendation),
  bind(classes.listAppealTypes, listAppealTypes),
  bind(classes.createAppealType, create('appealType')),
  bind(classes.editAppealType, edit('appealType')),
  bind(classes.listSchemes, listSchemes),
  bind(classes.saveScheme, saveScheme),
  bind(classes.schemeTree, schemeTree),
  bind(classes.listNodes, listNodes),
  bind(classes.getNode, getNode),
  bind(classes.createNode, create('schemeNode')),
  bind(classes.editNode, edit('schemeNode')),
  bind(classes.options, options),
  bind(standard.actOnObject, (ctx, input) => actOnStandard(ctx, input.kind, input)),
  bind(standard.listVersions, listVersions),
  bind(standard.listChanges, listChanges),
  bind(standard.getChange, getChange),
  bind(standard.decide, decideChange),
  bind(standard.decideBatch, decideBatch),
  bind(limits.listLimits, listLimits),
  bind(limits.createLimit, createLimit),
  bind(limits.editLimit, editLimit),
  bind(limits.removeLimit, removeLimit),
  bind(limits.testLimits, testLimits),
  bind(imports.importTemplate, importTemplate),
  bind(imports.uploadImport, uploadImport),
  bind(imports.checkImport, checkImport),
  bind(imports.applyImport, applyImport),
]

// Entered figures: a part of assessment.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { decideFigures, downloadFigureTemplate, enterFigures, importFigures, withdrawFigures } from './enter-figures.ts'
import * as contract from './figure-contract.ts'
import { listFigures, listObjectFigures } from './read-figures.ts'

export const part = definePart({
  routes: [
    bind(contract.figuresRoute, listFigures), bind(contract.enterFiguresRoute, enterFigures), bind(contract.importFiguresRoute, importFigures), bind(contract.figureTemplateRoute, downloadFigureTemplate),
    bind(contract.decideFiguresRoute, decideFigures), bind(contract.withdrawFiguresRoute, withdrawFigures), bind(contract.objectFiguresRoute, listObjectFigures),
  ],
})

export { AreasModule } from './areas.module.js'
export { Areas } from './areas.service.js'
export { allocate } from './rules/allocate.js'
export { AccountingDistrict, areasEntities, District, Neighbourhood } from './store/entities.js'

import { DoctorReport } from '../operate.ts'
import { defineRoute } from './route.ts'

export const doctor = {
  report: defineRoute({
    method: 'GET',
    path: '/doctor',
    noun: 'doctor',
    summary: 'Explain every open instance; what nothing explains is STALE',
    access: 'operator',
    answers: { 200: DoctorReport },
  }),
  repair: defineRoute({
    method: 'POST',
    path: '/doctor/repair',
    noun: 'doctor',
    summary: 'Restart the lost step of every STALE instance',
    access: 'operator',
    answers: { 200: DoctorReport },
    repeat: 'kept',
  }),
} as const

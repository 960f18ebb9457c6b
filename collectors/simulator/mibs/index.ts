// Which objects the agent of each device serves.
import type { Device } from '../../../daemon/domain/device.ts'
import type { Plan } from '../plan.ts'
import { apcPduMib } from './apc-pdu.ts'
import { atsMib } from './ats.ts'
import { ciscoMib } from './cisco.ts'
import { cracMib } from './crac.ts'
import { doorMib } from './door.ts'
import { fireMib } from './fire.ts'
import { gensetMib } from './genset.ts'
import { linuxMib } from './linux.ts'
import { netbotzMib } from './netbotz.ts'
import { raritanPduMib } from './raritan-pdu.ts'
import { upsMib } from './ups.ts'
import type { Variable } from './variable.ts'

/** Row A has PDUs of APC, row B, filled later, of Raritan. */
export function mibOf(plan: Plan, device: Device): Variable[] {
  const { id, kind } = device
  switch (kind) {
    case 'ups':
      return upsMib(
        device,
        plan.upses.findIndex(node => node.device === id),
      )
    case 'ats':
      return atsMib(device)
    case 'genset':
      return gensetMib(device)
    case 'crac':
      return cracMib(plan, device, plan.cracs.indexOf(id))
    case 'firepanel':
      return fireMib(device)
    case 'door':
      return doorMib(device, plan.doors.indexOf(id))
    case 'environment':
      return netbotzMib(plan, device)
    case 'pdu': {
      const k = plan.pdus.findIndex(pdu => pdu.id === id)
      return device.place?.rack?.startsWith('a') === true ? apcPduMib(plan, device, k) : raritanPduMib(plan, device, k)
    }
    case 'switch': {
      const k = plan.switches.findIndex(one => one.id === id)
      const own = plan.switches[k]
      return own === undefined ? [] : ciscoMib(plan, device, own, k)
    }
    case 'server': {
      const k = plan.hosts.findIndex(host => host.id === id)
      const own = plan.hosts[k]
      return own === undefined ? [] : linuxMib(plan, device, own, k)
    }
    default:
      return []
  }
}

import { districtSchema } from '../district/district.ts'
import { type Command, refuse, take } from './command.ts'
import { readJson } from './json-file.ts'

export const districtImport: Command = {
  usage: 'district import FILE',
  does: 'takes the district record (groups, schools, grades, languages, enrolment) from its JSON file',
  async run(args, room) {
    const [file = ''] = take(districtImport, args, 1).positionals
    const read = districtSchema.safeParse(await readJson(file))
    if (!read.success)
      throw refuse(
        `${file}: the district record was not taken`,
        read.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
      )
    const { settings } = await room.stores()
    await settings.setDistrict(read.data)
    room.output.write(
      `the district record is in: ${read.data.groups.length} groups, ${read.data.schools.length} schools\n`,
    )
  },
}

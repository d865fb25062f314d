"""A whole plan, as a facilitator makes it: two groups, four classrooms, two periods, the rota."""


async def a_planned_day(services, facilitator, round_id):
    rounds = services.rounds
    await rounds.change(facilitator, round_id, 'problem_of_practice', 'Students rarely explain.', seen='')
    await rounds.schools.add(facilitator, round_id, ['Tidewell High School', 'Copperbeck School'])
    await rounds.groups.divide(facilitator, round_id, 8)
    await rounds.bells.add(
        facilitator,
        round_id,
        [{'name': 'One', 'start': '8:50', 'end': '9:50'}, {'name': 'Two', 'start': '9.55', 'end': '10.55'}],
    )
    plan = await rounds.plan(facilitator, round_id)
    rows = [{'room': f'M{n}', 'subject': 'Mathematics', 'year_group': 'Year 8'} for n in range(1, 5)]
    rows[0]['period'] = plan.periods[0].id
    await rounds.classrooms.add(facilitator, round_id, rows)
    await rounds.rota.make(facilitator, round_id)

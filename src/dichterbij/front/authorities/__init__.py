"""Who may act for me, for whom may I act, why and until when: pages around `ground/authority`.

Law it rests on: Algemene wet bestuursrecht article 2:1; Burgerlijk Wetboek 1:245 (parents), 1:378 (guardians), 3:60.
The tour: `views` show and change, `views_mandates` give and ask, `views_proof` proves on paper, `views_misuse` helps
when a login was lost or stolen, `views_counter` is for a worker at the counter; `choices` says for what a mandate can
be, `done` what somebody did, `letters` what goes on paper. Everything else is asked of the ground.
"""

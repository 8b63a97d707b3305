"""Who may act for me, for whom may I act, why and until when: pages around `ground/authority`.

Law it rests on: Algemene wet bestuursrecht article 2:1; Burgerlijk Wetboek 1:245 (parents), 1:378 (guardians), 3:60.
The tour: `views` show and change; `choices` says for what a mandate can be. Everything else is asked of the ground.
"""

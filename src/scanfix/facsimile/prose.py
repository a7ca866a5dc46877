"""The prose of the sample collection, all our own: invented states, invented people. The markup is ``markup``'s."""

ESTIMATE = """\
>0 12 March 1952

>0 Copy No. 14

=6 STAFF ESTIMATE NO. 17-52

= _PROSPECTS FOR THE KARSOVIAN RAILWAY SETTLEMENT_

= THE PROBLEM

To estimate whether the Government of Karsovia will ratify the railway settlement with its northern neighbor during
the present year, and what effect ratifi|cation would have upon the supply of the garrisons in the Meren valley.

= SUMMARY OF CONCLUSIONS

1. We believe that the Karsovian cabinet will put the settle|ment before its assembly in May, and that the assembly
will ap|prove it by a narrow margin. Neither the Agrarian Union nor the small Liberal group appears able to muster
the votes that would be needed for a post|ponement.

2. Ratifi|cation would give the north the use of the ~~/Port Tessin~~ Halm branch for military goods at two days'
notice. According to {(b)(3): a source of proven worth at the railway ministry}, the rolling stock for such traffic
has already been set aside.

= DISCUSSION

3. _The political setting._ Since the autumn of 1950 the Karsovian coalition has lived from one com|promise to the
next. Premier Oskar Vellin has kept his ministers together less by persuasion than by the plain fact that none of
them wishes to face an election before the harvest is in. The rail|way ques|tion is the first in which his own party
is divided, and the division does not follow the usual lines: deputies from the river towns, who normally support
every measure of public works, fear that the Halm branch will draw traffic away from the barges.

4. The opposition press has made much of the secret annex. It is almost certain that such an annex exists, but we
doubt that it says what the newspapers suppose. Our reading of the evidence is that it deals with the division of
repair costs and with the status of the 240 engineers who are to live at Halm Junction, and not with the passage of
troops.

5. _Economic considerations._ Karsovian industry consumed about 310,000 tons of hard coal in 1951, of which less
than a third was mined at home. The remain|der came by sea through Port Tessin and was carried up|country at rates
which have doubled since the war. Under the settlement the same coal would arrive over|land at a saving which the
Ministry of Supply puts at 18 per|cent. Even if that figure is halved, as we think it should be, the argument
remains a strong one with the mill owners, who have told {(b)(1): our attache and two of his} colleagues that they
will finance a campaign in its favor.

6. _Military considerations._ The five garrisons of the Meren valley are supplied at pres|ent by a single road that
is closed by snow on some forty days of the year. Two batta|lions had to be with|drawn last January for want of
fuel. With the railway in op|eration the garrisons could be dou|bled without any addi|tional motor transport, and we
must assume that the General Staff has drawn the same con|clusion. We have no indi|cation, however, that barracks
for more than the present strength are being built, or that land has been bought for the purpose.

7. Much will depend on the person of the new Chief of Staff. General Ferenz Adlow is known as an officer of moderate
views and of great caution; he owes his appoint|ment to the Premier and is unlikely to press for a policy that would
embarrass ~~him~~ the cabinet before the vote. Should the settle|ment fail, his position would be weak|ened and a
younger group might come to the front.

= PROBABLE DEVELOPMENTS

8. In our view the most likely course is ratifi|cation in the second half of May, followed by a period of ten to
twelve months in which the line is re|laid and the bridges at Orsk and Lower Meren are streng|thened. Regular
traffic could thus not begin before the summer of 1953. Interrup|tions by ##sabotag## sabotage are possible but
would hardly delay the work by more than a few weeks.

9. If, against our expec|tation, the assembly should reject the settle|ment, the north would probably reduce its
pur|chases of timber at once and would await the fall of the Vellin government. We consider an open threat unlikely,
since it would unite the very groups whose quarrels have made the north's position so comfor|table.
"""

CABINET_PAPER = """\
>0 COPY NO. 42

< C.(53) 118

<0 4th May, 1953

=2 CABINET

= _THE FISHERY LIMITS OF THE OUTER SKERRIES_

= Memorandum by the Minister of State

My colleagues will recall that on 16th March we agreed to defer a decision on the Norlandic note until the Law
Officers had advised (C.C.(53) 22nd Conclusions, Minute 4). Their opinion has now been received and is attached at
Annex A. I invite the Cabinet to consider what reply should be sent.

2. The Law Officers think it more likely than not that an inter|national tribunal would uphold the base|lines which
the Norlandic Government drew in 1949. They point out, however, that the historic rights of our drifters to the east
of Skarv Bank have never been contested, and that the note is silent about them. In their view that silence is more
favour|able to us than any wording we might hope to obtain by nego|tiation.

3. The Agriculture Departments estimate the value of the catch in the disputed area at £480,000 a year, or about 3½
per cent. of the total landed at our east coast ports. The loss would fall almost wholly on two communities, and the
Secretary of State has reminded me that in one of them there is no other employ|ment for men during the winter
months.

* 4. There are three courses open to us:- // (a) to reject the note and to continue to give naval protection to
drifters in the disputed area; // (b) to reserve our position, while proposing talks between experts on the
conser|vation of stocks; // (c) to accept the baselines, on condition that existing rights are respected for a
period of fifteen years.

5. I do not recommend course (a). It would oblige the Admiralty to keep two vessels on the station at a time when
they can ill be spared, and it would place us in the wrong with those Govern|ments whose support we shall need at
the autumn conference. Course (c) is attractive, but to offer it at the outset would leave us with nothing to
concede. It has moreover been put to me by the Board of Trade that a settle|ment on these lines would be quoted
against us elsewhere, and in par|ticular by those who wish to close the northern grounds to all foreign vessels
without distinc|tion.

6. I therefore recommend course (b). The talks could be held in Bergholm in June, and the British side should be led
by an official and not by a Minister, so that no question of prestige may arise. If my colleagues agree, I would
propose to inform the Norlandic Ambassador before the Whitsun recess.

7. I ask for the approval of my colleagues for the course proposed in paragraph 6 above.

>2 R. A. H.

< _Foreign Office, S.W.1._
"""

DESPATCH = """\
< LEGATION OF THE REPUBLIC

< Port Tessin, November 3, 1947.

< No. 17

< Subject: _Closing of the Seamen's Hostel._

< Sir:

I have to report, with regret, that the hostel for foreign seamen in Quay Street, to which the Depart|ment's
instruc|tion of August 9 referred, was closed by the har|bor police in the early morning of October 30.

Some sixty men of nine nation|alities were lodged there at the time. They were given half an hour to collect their
belong|ings and were then taken, in three motor lorries, to the old customs shed on the north mole, where most of
them remain. The weather has been cold and wet, and the shed has neither stoves nor glass in its windows.

The reason given to the press was an out|break of typhus. I have spoken with Dr. Emil Sarrow, who visits the hostel
on behalf of the ship|owners, and he assured me that he had seen no case of that or of any other fever since the
spring. It is gene|rally believed in the town that the true object was to search the papers of the chaplain, Father
Quint, who has for some months been collec|ting statements from sailors about ~~the treatment of~~ conditions in the
labor camps at Orsk.

The chaplain himself was not arrested. He called upon me on the evening of the same day, much shaken, and left in my
care a parcel which I have placed, unopened, in the Legation's safe. I should be grateful for the Depart|ment's
advice whether it may be for|warded by the pouch.

I have mean|while asked the Foreign Ministry, in|formally, to allow blankets and hot food to be taken to the shed at
our expense. No answer has been received.

I have been told by Mr. Lund, the Norlandic consul, that seven of the men hold papers which would entitle them to a
passage home on the "Ragna Holm", due here on the 14th of this month. He is prepared to receive four others on his
own respon|sibility. For the rest nothing has been arranged, and the harbor captain speaks openly of putting them to
work on the break|water.

It may be of interest that the hostel stands on ground which the shipyard has long wished to acquire. A member of
the yard's board is a brother-in-law of the Prefect of Police. I do not sug|gest that this was the only motive; but
the fence was already being taken down when I passed the building yester|day, and a sign announces the exten|sion of
the plate shop.

> Respectfully yours,

>1 Harlan P. Whitlow
"""

CARBON = """\
=0 C O P Y

> Lower Meren, January 19th, 1949.

: To the Area Commissioner, // Relief Supplies Branch, // H A L M.

: Dear Sir,

In reply to your letter of the 11th inst. I beg to state that the depot under my charge took over on December 28th,
from the lorries of the Swiss mission, 412 bales of blankets, 96 cases of dried milk and 30 sacks of seed potatoes.
All seals were whole, and a receipt was given to the driver, Herr Boll, in the presence of the village constable.

When the stores were counted again on January 8th there were found to be 367 bales of blankets and 71 cases of milk.
The potatoes were complete. The lock of the rear gate had not been forced, and the three persons who hold a key were
questioned on the same day by the constable and by my|self. One of them, the carter Jonas Wirt, has not been seen in
the village since.

I should wish to add that the nights of January 2nd to 5th were those of the great snow|fall, when the watchman
could not reach the depot and when, as I have since learned, a party of soldiers without officers was quartered in
the school|house next to it. I make no accu|sation, but I think it my duty to men|tion the circum|stance.

The remain|ing stores have been moved to the vestry of the church, where they are under two locks. I ask you to let
me know whether the issue to the hill farms, which was fixed for February 1st, should go forward with the reduced
quanti|ties or be put off until the spring.

> I remain, Sir,

>0 Yours faithfully,

>2 (signed) M. Thessel,

>0 Storekeeper.
"""

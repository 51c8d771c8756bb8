-- Sessions as the trainer takes them, in any order.
SELECT session, places, person, day FROM sessions;

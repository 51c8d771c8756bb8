-- Clicks as the trainer takes them, in any order.
SELECT session, place, item FROM clicks;

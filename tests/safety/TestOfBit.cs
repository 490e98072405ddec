namespace Escapement.Safety.Tests;

/// <summary>
/// Which test walks a reason or a fault: the walk, in which each has a case of its own and one without a case fails; or, where there is one, the
/// test that looks closer.
/// </summary>
public static class TestOfBit
{
    public const string ReasonWalk = "InhibitWalkTests.Set_alone_arming_is_refused_with_just_that_name_and_nothing_arms_by_itself_when_it_goes";
    public const string FaultWalk = "FaultWalkTests.Raised_by_its_cause_it_is_latched_and_cleared_only_when_the_cause_is_gone_and_nothing_resumes";

    private static readonly Dictionary<string, string> reasons = new()
    {
        ["SelfTestMissing"] = "LatchTests.Board_whose_self_test_failed_never_arms_until_it_is_restarted",
        ["InterlockOpen"] = "CommandTests.Refusal_names_every_reason_at_once",
        ["KeyOff"] = "CommandTests.Refusal_names_every_reason_at_once",
        ["CoilAbsent"] = "CommandTests.Refusal_names_every_reason_at_once",
        ["StimulatorNotReady"] = "ArmingRuleTests.Start_is_refused_while_the_stimulator_is_not_ready",
        ["TriggerNotQuiet"] = "FaultTests.Pulse_on_the_trigger_line_while_idle_forbids_arming_until_somebody_stops",
        ["GateNotClosed"] = "FaultTests.Gate_that_stays_open_after_an_abort_bars_feeding_until_power_off",
        ["NoProgram"] = "SessionTests.Program_is_gone_after_done_and_arming_needs_a_new_upload",
        ["LimitsExceeded"] = "CommandTests.A_program_that_exceeds_a_further_limit_by_one_does_not_arm",
        ["HistoryFull"] = "CommandTests.Nothing_is_armed_in_the_first_five_seconds_because_the_past_is_unknown",
        ["ChallengeMissing"] = "CommandTests.Challenge_serves_once",
        ["DigestMismatch"] = "CommandTests.Wrong_digest_does_not_arm",
        ["MemoryLow"] = "CommandTests.Memory_that_does_not_suffice_refuses_to_arm",
        ["UptimeTooLong"] = "ArmingRuleTests.Nothing_arms_after_seven_days_and_49_days_of_milliseconds",
        ["EmergencyStopUntested"] = "InputTests.Without_having_seen_both_channels_open_nothing_arms",
        ["FootSwitchNotReady"] = "InputTests.The_foot_switch_must_be_seen_released_before_arming_and_be_held_from_the_start_on",
        ["StoreUnsafe"] = "HistoryTests.A_store_that_cannot_be_written_arms_nothing",
        ["HourFull"] = "HistoryTests.A_program_that_would_overfill_the_hour_is_refused",
        ["CollectionTooLong"] = "GateTestTests.A_collection_that_takes_longer_than_100_ms_forbids_arming",
    };

    private static readonly Dictionary<string, string> faults = new()
    {
        ["StartLate"] = "FaultTests.Start_beyond_its_bound_is_disposed_before_its_first_pulse",
        ["GateLate"] = "FaultTests.Gate_that_opens_too_close_to_the_first_pulse_faults_before_it",
        ["GateMismatch"] = "FaultTests.Gate_that_drops_in_a_train_faults_within_two_passes",
        ["TriggerNotQuiet"] = "FaultTests.Pulse_between_two_trains_faults_before_the_next",
        ["RawCountMismatch"] = "FaultTests.One_pulse_more_than_planned_faults_at_the_end_of_the_train",
        ["GatedCountMismatch"] = "FaultTests.Pulses_lost_behind_the_gate_fault",
        ["ListChanged"] = "FaultTests.List_that_changes_after_it_was_judged_is_never_sent",
        ["LeaseLost"] = "FaultTests.Host_that_falls_silent_loses_the_lease_and_the_run_faults_within_500_ms_and_two_passes",
        ["InterlockOpened"] = "FaultTests.Input_that_opens_stops_within_two_passes_and_closing_it_restarts_nothing",
        ["KeyTurnedOff"] = "FaultTests.Input_that_opens_stops_within_two_passes_and_closing_it_restarts_nothing",
        ["CoilLost"] = "FaultTests.Input_that_opens_stops_within_two_passes_and_closing_it_restarts_nothing",
        ["StimulatorNotReady"] = "FaultTests.Stimulator_that_is_not_ready_faults_before_the_train",
        ["PassOverrun"] = "FaultTests.Longer_pause_in_a_train_faults",
        ["SendFailed"] = "FaultTests.Trigger_hardware_that_refuses_faults_and_nothing_leaves",
        ["CounterFailed"] = "FaultTests.Counter_that_fails_faults",
        ["EmergencyStopDiscrepancy"] = "InputTests.A_welded_channel_of_the_emergency_stop_latches_and_cannot_arm_again",
        ["TriggerOutMismatch"] = "InputTests.One_answer_too_few_or_too_many_stops_the_train",
        ["FootSwitchReleased"] = "InputTests.The_foot_switch_must_be_seen_released_before_arming_and_be_held_from_the_start_on",
        ["ClockDisagrees"] = "ClockCompareTests.A_host_whose_clock_runs_apart_is_a_latched_fault_and_a_cleared_one_begins_anew",
        ["AbnormalEnd"] = "HistoryTests.Power_lost_while_armed_or_running_is_a_latched_fault_and_the_whole_program_is_charged",
    };

    public static string OfReason(string name) => reasons.GetValueOrDefault(name, ReasonWalk);

    public static string OfFault(string name) => faults.GetValueOrDefault(name, FaultWalk);

    /// <summary>The tests that look closer, and what each of them must name: the reason or the fault.</summary>
    public static IEnumerable<(string Test, string Code)> Closer =>
        [.. reasons.Select(row => (row.Value, "InhibitReason." + row.Key)), .. faults.Select(row => (row.Value, "FaultCode." + row.Key))];

    public static IEnumerable<string> NamedReasons => reasons.Keys;

    public static IEnumerable<string> NamedFaults => faults.Keys;
}

using System.Text.Json;

namespace Escapement.Host;

/// <summary>Events and readings as JSON.</summary>
public static class RecordJson
{
    /// <summary>A train's report as an object.</summary>
    public static void Train(Utf8JsonWriter json, TrainReading train)
    {
        json.WriteStartObject();
        Fields(json, train);
        json.WriteEndObject();
    }

    /// <summary>Something that happened, as an object.</summary>
    public static void Event(Utf8JsonWriter json, SessionEvent happened)
    {
        json.WriteStartObject();
        json.WriteNumber("hostUs", happened.HostUs);
        switch (happened)
        {
            case PhaseEvent phase:
                json.WriteString("event", "phase");
                json.WriteString("phase", phase.Phase);
                break;
            case StateEvent state:
                json.WriteString("event", "state");
                json.WriteString("state", BoardNames.State(state.State));
                break;
            case StatusEvent status:
                json.WriteString("event", "status");
                Fields(json, status.Status);
                break;
            case InhibitEvent inhibit:
                json.WriteString("event", "inhibits");
                Names(json, "inhibits", BoardNames.Inhibits(inhibit.Reasons));
                break;
            case FaultEvent fault:
                json.WriteString("event", "faults");
                Names(json, "cumulative", BoardNames.Faults(fault.Cumulative));
                Names(json, "current", BoardNames.Faults(fault.Current));
                break;
            case TrainEvent train:
                json.WriteString("event", "train");
                Fields(json, train.Train);
                break;
            case CommandEvent command:
                json.WriteString("event", "command");
                json.WriteNumber("register", command.Command.Register);
                json.WriteNumber("sequence", command.Command.Sequence);
                json.WriteString("result", BoardNames.Result(command.Command.Result));
                json.WriteNumber("detail", command.Command.Detail);
                break;
            case NoticeEvent notice:
                json.WriteString("event", "notice");
                json.WriteString("text", notice.Text);
                break;
            default:
                json.WriteString("event", happened.GetType().Name);
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>A status, as fields of the object that is open.</summary>
    public static void Fields(Utf8JsonWriter json, BoardStatus status, bool isExplained = false)
    {
        json.WriteNumber("boardUs", status.BoardTimeUs);
        json.WriteString("state", BoardNames.State(status.State));
        json.WriteBoolean("dry", status.IsDry);
        json.WriteBoolean("gateOpen", status.GateOpen);
        json.WriteNumber("progressPercent", status.ProgressPercent);
        json.WriteNumber("rawPulses", status.RawPulses);
        json.WriteNumber("gatedPulses", status.GatedPulses);
        json.WriteNumber("plannedPulses", status.PlannedPulses);
        json.WriteNumber("transaction", status.TransactionsBegun);
        json.WriteNumber("transactions", status.Transactions);
        json.WriteNumber("timeLeftUs", status.TimeLeftUs);
        Action<Utf8JsonWriter, string, IReadOnlyList<NamedReason>> write = isExplained ? Reasons : Names;
        write(json, "inhibits", BoardNames.Inhibits(status.Inhibits));
        write(json, "faults", BoardNames.Faults(status.Faults));
    }

    /// <summary>Reasons or faults with sentence and cure.</summary>
    public static void Reasons(Utf8JsonWriter json, string name, IReadOnlyList<NamedReason> reasons)
    {
        json.WriteStartArray(name);
        foreach (NamedReason reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("name", reason.Name);
            json.WriteString("sentence", reason.Sentence);
            json.WriteString("cure", reason.Cure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Every input, and the names of those that the board has not; null when they were never read.</summary>
    public static void Inputs(Utf8JsonWriter json, InputsReading? inputs)
    {
        if (inputs is null)
        {
            json.WriteNull("inputs");
            json.WriteNull("absentInputs");
            return;
        }

        json.WriteStartArray("inputs");
        foreach (InputState input in inputs.All)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("state", input.State);
            json.WriteBoolean("present", input.IsPresent);
            json.WriteBoolean("safe", input.IsSafe);
            json.WriteBoolean("seenOpen", input.SeenOpen);
            json.WriteBoolean("seenClosed", input.SeenClosed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("absentInputs");
        foreach (InputState input in inputs.Absent)
        {
            json.WriteStringValue(input.Name);
        }

        json.WriteEndArray();
    }

    private static void Fields(Utf8JsonWriter json, TrainReading train)
    {
        json.WriteNumber("transaction", train.Transaction);
        json.WriteNumber("firstPulse", train.FirstPulse);
        json.WriteNumber("plannedStartUs", train.PlannedStartUs);
        json.WriteNumber("beforeSendUs", train.BeforeSendUs);
        json.WriteNumber("afterSendUs", train.AfterSendUs);
        json.WriteNumber("gateOpenUs", train.GateOpenUs);
        json.WriteNumber("startBoundUs", train.StartBoundUs);
        json.WriteNumber("plannedEndUs", train.PlannedEndUs);
        json.WriteNumber("plannedPulses", train.PlannedPulses);
        json.WriteNumber("rawPulses", train.RawPulses);
        json.WriteNumber("gatedPulses", train.GatedPulses);
        json.WriteNumber("result", train.Result);
    }

    private static void Names(Utf8JsonWriter json, string name, IReadOnlyList<NamedReason> reasons)
    {
        json.WriteStartArray(name);
        foreach (NamedReason reason in reasons)
        {
            json.WriteStringValue(reason.Name);
        }

        json.WriteEndArray();
    }
}

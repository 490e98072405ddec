namespace Escapement.Host;

/// <summary>Turns the nodes of a protocol file into a protocol.</summary>
internal sealed class ProtocolReader(string path)
{
    private static readonly string[] HeadFields = [ProtocolFields.Name, ProtocolFields.Title, ProtocolFields.Family, ProtocolFields.Source];

    private static readonly string[] BlockFields =
    [
        ProtocolFields.PulsesPerBurst, ProtocolFields.InterPulseInterval, ProtocolFields.PulseRate,
        ProtocolFields.BurstsPerTrain, ProtocolFields.InterBurstInterval, ProtocolFields.BurstRate,
        ProtocolFields.Trains, ProtocolFields.InterTrainInterval, ProtocolFields.InterTrainConvention,
        ProtocolFields.Intervals, ProtocolFields.BlockPeriod, ProtocolFields.PulseWidth,
    ];

    public Protocol Read(Node root)
    {
        var node = root as ObjectNode ?? throw new InputException($"{root.At.In(path)}: the file holds {root.Kind}; a protocol is a group of fields such as 'name: ...'.");
        var top = new FieldSet(path, node, [.. HeadFields, ProtocolFields.Blocks, .. BlockFields]);
        var groups = top.Get(ProtocolFields.Blocks) is { } field ? Groups(top, field) : [top];
        var protocol = new Protocol
        {
            Id = top.Text(ProtocolFields.Name) ?? throw top.Refuse(top.At, "the protocol has no 'name'; give it one"),
            Title = top.Text(ProtocolFields.Title) ?? "",
            Family = top.Text(ProtocolFields.Family) ?? "",
            Source = top.Text(ProtocolFields.Source) ?? "",
            Blocks = [.. groups.Select(group => Block(group, PulseWidth(group) ?? PulseWidth(top)))],
        };
        return ProtocolCheck.FirstProblem(protocol) is { } problem ? throw At(problem, top, groups) : protocol;
    }

    private static InputException At(ProtocolProblem problem, FieldSet top, IReadOnlyList<FieldSet> groups)
    {
        if (problem.Block < 0)
        {
            return top.Refuse(top.At, problem.Sentence);
        }

        var group = groups[problem.Block];
        var list = problem.Item >= 0 ? group.Timed(problem.Field)?.Field.Value as ListNode : null;
        return group.Refuse(list?.Items[problem.Item].At ?? group.MarkOf(problem.Field), problem.Sentence);
    }

    private IReadOnlyList<FieldSet> Groups(FieldSet top, Field blocks)
    {
        var stray = top.All.FirstOrDefault(field => BlockFields.Any(name => field.Name.StartsWith(name, StringComparison.Ordinal)) && !IsWidth(field));
        if (stray is not null)
        {
            throw top.Refuse(stray.At, $"'{stray.Name}' stands beside 'blocks'; move it into one of the blocks");
        }

        var list = blocks.Value as ListNode ?? throw top.Refuse(blocks.Value.At, $"'blocks' is {blocks.Value.Kind}; give a list of blocks");
        return list.Items.Count is > 0 and <= ProtocolCheck.MaxBlocks
            ? [.. list.Items.Select(item => new FieldSet(path, Group(top, item), BlockFields))]
            : throw top.Refuse(list.At, $"there are {list.Items.Count} blocks; give 1 to {ProtocolCheck.MaxBlocks}");
    }

    private static ObjectNode Group(FieldSet top, Node item) =>
        item as ObjectNode ?? throw top.Refuse(item.At, $"a block is {item.Kind}; give a group of fields");

    private static bool IsWidth(Field field) => field.Name.StartsWith(ProtocolFields.PulseWidth, StringComparison.Ordinal);

    private static int? PulseWidth(FieldSet group)
    {
        if (group.Timed(ProtocolFields.PulseWidth) is not { } width)
        {
            return null;
        }

        var us = group.Positive(width.Field.Name, width.Field.Value);
        return us.IsWhole && us <= ProtocolCheck.MaxPulseWidthUs
            ? (int)us.Numerator
            : throw group.Refuse(width.Field.Value.At, $"'{width.Field.Name}' is {us.ToDecimalString()}; give a whole number from 1 to {ProtocolCheck.MaxPulseWidthUs}");
    }

    private static ProtocolBlock Block(FieldSet group, int? widthUs)
    {
        var period = Time(group, ProtocolFields.BlockPeriod);
        return group.Timed(ProtocolFields.Intervals) is { } list
            ? new ListBlock { IntervalsUs = Intervals(group, list.Field, list.UnitUs), StatedPulseWidthUs = widthUs, StatedPeriodUs = period }
            : Nest(group) with { StatedPulseWidthUs = widthUs, StatedPeriodUs = period };
    }

    private static IReadOnlyList<long> Intervals(FieldSet group, Field field, long unitUs)
    {
        var other = group.All.FirstOrDefault(other => other != field && !IsWidth(other) && BlockFields.Except([ProtocolFields.BlockPeriod]).Any(name => other.Name.StartsWith(name, StringComparison.Ordinal)));
        if (other is not null && other.Name is not ProtocolFields.Blocks)
        {
            throw group.Refuse(other.At, $"'{other.Name}' and '{field.Name}' both say when pulses come; give counts and intervals, or a list of intervals");
        }

        var list = field.Value as ListNode ?? throw group.Refuse(field.Value.At, $"'{field.Name}' is {field.Value.Kind}; give a list of numbers");
        return [.. list.Items.Select(item => WholeUs(group, field.Name, item, unitUs))];
    }

    private static long WholeUs(FieldSet group, string name, Node item, long unitUs)
    {
        var us = group.Positive(name, item) * unitUs;
        if (!us.IsWhole)
        {
            throw group.Refuse(item.At, $"'{name}' holds {us.ToDecimalString()} us; listed intervals are whole microseconds, round it");
        }

        return us <= ProtocolCheck.MaxCycleUs ? (long)us.Numerator : throw group.Refuse(item.At, $"'{name}' holds an interval of more than 24 hours; shorten it");
    }

    private static RepeatBlock Nest(FieldSet group)
    {
        if (new[] { ProtocolFields.PulsesPerBurst, ProtocolFields.BurstsPerTrain, ProtocolFields.Trains }.All(name => group.Get(name) is null))
        {
            throw group.Refuse(group.At, "nothing says how many pulses there are; give pulsesPerBurst, burstsPerTrain and trains as needed, or a list of intervals");
        }

        var (pulses, interPulse) = Level(group, RepeatLevel.Pulse, ProtocolFields.PulseRate);
        var (bursts, interBurst) = Level(group, RepeatLevel.Burst, ProtocolFields.BurstRate);
        var (trains, interTrain) = Level(group, RepeatLevel.Train, null);
        var nest = new RepeatBlock
        {
            PulsesPerBurst = pulses,
            InterPulseUs = interPulse,
            BurstsPerTrain = bursts,
            InterBurstUs = interBurst,
            Trains = trains,
            TrainPeriodUs = interTrain,
        };
        return IsGap(group, trains) ? nest with { TrainPeriodUs = nest.TrainLengthUs + interTrain, StatedGapUs = interTrain } : nest;
    }

    private static (int Count, Rational IntervalUs) Level(FieldSet group, string level, string? rateField)
    {
        var (countField, intervalField) = ProtocolFields.OfLevel(level);
        var count = group.Count(countField) ?? 1;
        var interval = Time(group, intervalField);
        if (rateField is not null && group.Timed(rateField) is { } rate)
        {
            var seconds = Rational.One / group.Positive(rate.Field.Name, rate.Field.Value);
            interval = interval is null ? seconds * 1_000_000 : throw group.Refuse(rate.Field.At, $"'{rate.Field.Name}' says again what '{group.Timed(intervalField)!.Value.Field.Name}' says; keep one");
        }

        if (count == 1 && interval is not null)
        {
            throw group.Refuse(group.MarkOf(intervalField), $"there is an interval between {level}s but only one {level}; give {countField} or remove the interval");
        }

        if (count > 1 && interval is null)
        {
            var orRate = rateField is null ? "" : $" or {rateField}Hz";
            throw group.Refuse(group.MarkOf(countField), $"'{countField}' is {count} but nothing says how far apart; give {intervalField}Us, {intervalField}Ms or {intervalField}S{orRate}");
        }

        return (count, interval ?? Rational.Zero);
    }

    private static bool IsGap(FieldSet group, int trains)
    {
        if (group.Get(ProtocolFields.InterTrainConvention) is not { } field)
        {
            return trains > 1
                ? throw group.Refuse(group.MarkOf(ProtocolFields.InterTrainInterval), $"the interval between trains has two meanings in print and no interTrainConvention says which; give {ProtocolFields.OnsetToOnset} or {ProtocolFields.LastPulseToFirstPulse}")
                : false;
        }

        if (trains == 1)
        {
            throw group.Refuse(field.At, "interTrainConvention is given but there is only one train; give trains or remove it");
        }

        string[] conventions = [ProtocolFields.OnsetToOnset, ProtocolFields.LastPulseToFirstPulse];
        var text = group.Text(ProtocolFields.InterTrainConvention)!;
        return text switch
        {
            ProtocolFields.OnsetToOnset => false,
            ProtocolFields.LastPulseToFirstPulse => true,
            _ => throw group.Refuse(field.Value.At, $"there is no interTrainConvention '{(text.Length <= 40 ? text : text[..40] + "...")}'{NearestName.Hint(text, conventions)}; give {conventions[0]} or {conventions[1]}"),
        };
    }

    private static Rational? Time(FieldSet group, string name) =>
        group.Timed(name) is { } time ? group.Positive(time.Field.Name, time.Field.Value) * time.UnitUs : null;
}

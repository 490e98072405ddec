namespace Escapement.Host;

/// <summary>Chooses what of a record is drawn: the session, the first train (while the gate is open), the first pulses.</summary>
internal static class RecordPanels
{
    private const int MostOfTrain = 60;
    private const int MostOfBurst = 10;
    private const double Ragged = 1.5;
    private const double NewTrain = 5;
    private const double NewTrainUs = 1e6;
    private const string XLabel = "time from the first trigger";
    private const string Trigger = "trigger";
    private const string Gate = "gate";
    private const string Stimulator = "stimulator";

    private static readonly (string Name, string Color)[] Lanes = [(Trigger, "#1f5fa8"), (Gate, "#2f8f4e"), (Stimulator, "#b3392f")];

    /// <summary>Panels of a record, and its number of trigger and stimulator pulses.</summary>
    public static (IReadOnlyList<Panel> Panels, long Triggers, long Pulses) Of(Func<Stream> edges, string path)
    {
        var survey = Survey.Of(edges, path);
        var panels = new List<Panel> { new("Session", XLabel, survey.FirstUs - survey.OriginUs, survey.LastUs - survey.OriginUs, Lanes) };
        if (survey.Train.Count > 1)
        {
            var what = survey.IsTrainGated ? $"First train: {survey.Train.Count} triggers, then the gate closes" : $"First {survey.Train.Count} triggers";
            panels.Add(new(what, XLabel, 0, survey.Train[^1] - survey.OriginUs + survey.TailUs, Lanes));
        }

        var burst = Burst(survey.Train);
        if (burst > 1 && burst < survey.Train.Count)
        {
            panels.Add(new($"First {burst} triggers", XLabel, 0, survey.Train[burst - 1] - survey.OriginUs + survey.TailUs, Lanes));
        }

        Fill(panels, RecordEdges.Read(edges, path), survey);
        return (panels, survey.Triggers, survey.Pulses);
    }

    private static int Burst(IReadOnlyList<double> train)
    {
        var count = Math.Min(2, train.Count);
        while (count < Math.Min(train.Count, MostOfBurst) && train[count] - train[count - 1] <= Ragged * (train[1] - train[0]))
        {
            count++;
        }

        return count;
    }

    private static void Fill(List<Panel> panels, IEnumerable<RecordEdge> edges, Survey survey)
    {
        var since = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var edge in edges)
        {
            if (edge.IsHigh)
            {
                since[edge.Signal] = edge.TimeUs;
            }
            else if (since.Remove(edge.Signal, out var from))
            {
                Add(panels, edge.Signal, from - survey.OriginUs, edge.TimeUs - survey.OriginUs);
            }
        }

        foreach (var (signal, from) in since)
        {
            Add(panels, signal, from - survey.OriginUs, survey.LastUs - survey.OriginUs);
        }
    }

    private static void Add(List<Panel> panels, string signal, double fromUs, double toUs)
    {
        foreach (var lane in panels.SelectMany(panel => panel.Lanes).Where(lane => lane.Name == signal))
        {
            lane.Add(fromUs, toUs);
        }
    }

    /// <summary>What a first reading of a record finds.</summary>
    private sealed class Survey
    {
        private bool isTrainOver;

        public double FirstUs { get; private set; } = double.NaN;

        public double LastUs { get; private set; }

        /// <summary>The first trigger; the first edge when there is none.</summary>
        public double OriginUs { get; private set; } = double.NaN;

        /// <summary>How long after a trigger its pulse is over.</summary>
        public double TailUs { get; private set; } = 500;

        /// <summary>Triggers of the first train, at most <see cref="MostOfTrain"/>.</summary>
        public List<double> Train { get; } = [];

        /// <summary>True when the gate closed behind them.</summary>
        public bool IsTrainGated { get; private set; }

        public long Triggers { get; private set; }

        public long Pulses { get; private set; }

        public static Survey Of(Func<Stream> edges, string path)
        {
            var survey = new Survey();
            foreach (var edge in RecordEdges.Read(edges, path))
            {
                survey.See(edge);
            }

            if (double.IsNaN(survey.FirstUs))
            {
                throw new InputException($"{path}: the record holds no edge; there is nothing to draw.");
            }

            survey.OriginUs = survey.Triggers > 0 ? survey.OriginUs : survey.FirstUs;
            return survey;
        }

        private void See(RecordEdge edge)
        {
            FirstUs = double.IsNaN(FirstUs) ? edge.TimeUs : FirstUs;
            LastUs = edge.TimeUs;
            if (edge is { Signal: Trigger, IsHigh: true })
            {
                OriginUs = Triggers == 0 ? edge.TimeUs : OriginUs;
                Triggers++;
                See(edge.TimeUs);
            }
            else if (edge is { Signal: Gate, IsHigh: false } && Train.Count > 0)
            {
                IsTrainGated |= !isTrainOver && Triggers == Train.Count;
                isTrainOver |= IsTrainGated;
            }
            else if (edge is { Signal: Stimulator, IsHigh: true })
            {
                Pulses++;
            }
        }

        private void See(double triggerUs)
        {
            var longest = Train.Count > 1 ? Enumerable.Range(1, Train.Count - 1).Max(i => Train[i] - Train[i - 1]) : double.PositiveInfinity;
            isTrainOver |= Train.Count > 2 && Train.Count == Triggers - 1 && triggerUs - Train[^1] > Math.Max(NewTrainUs, NewTrain * longest);
            if (!isTrainOver && Train.Count < MostOfTrain)
            {
                Train.Add(triggerUs);
            }
        }
    }
}

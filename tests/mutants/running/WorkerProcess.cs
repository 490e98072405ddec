using System.Diagnostics;
using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>A worker seen from outside. It is ended when a test does not come to its end, and begun anew.</summary>
public sealed class WorkerProcess(string folder) : IDisposable
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Processor time of one test: a busy machine must not make a survivor look killed.</summary>
    static readonly TimeSpan MostProcessorTime = TimeSpan.FromSeconds(10);

    /// <summary>For a test that waits instead of working.</summary>
    static readonly TimeSpan MostTime = TimeSpan.FromMinutes(5);

    const int JobsOfAProcess = 250;

    Process? process;
    int jobs;

    public (Outcome Outcome, string Test, string Message) Try(Mutant mutant, IEnumerable<(string Name, long Budget)> tests)
    {
        if (process == null || jobs++ >= JobsOfAProcess)
            Begin();
        string test = "";
        try
        {
            process!.StandardInput.WriteLine(Worker.Encode(mutant, tests));
            process.StandardInput.Flush();
            while (true)
            {
                Task<string?> reading = process.StandardOutput.ReadLineAsync();
                if (!EndsInTime(reading))
                    return Ended(test, $"no end within {MostProcessorTime.TotalSeconds:0} s of processor time");
                string[]? parts = reading.Result?.Split('\t');
                if (parts == null)
                    return Ended(test, "ended the process");
                if (parts[0] == "begins")
                    test = parts[1];
                else
                    return (Enum.Parse<Outcome>(parts[1]), parts[2], parts[3]);
            }
        }
        catch (IOException)
        {
            return Ended(test, "ended the process");
        }
    }

    public void Dispose() => End();

    bool EndsInTime(Task reading)
    {
        TimeSpan atBegin = process!.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        while (!reading.Wait(Look))
        {
            process.Refresh();
            if (process.HasExited)
                return reading.Wait(Look);
            if (process.TotalProcessorTime - atBegin > MostProcessorTime || watch.Elapsed > MostTime)
                return false;
        }
        return true;
    }

    (Outcome, string, string) Ended(string test, string why)
    {
        End();
        return (Outcome.Timeout, test, why);
    }

    void Begin()
    {
        End();
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);
        start.ArgumentList.Add(Worker.Verb);
        start.ArgumentList.Add(folder);
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        jobs = 0;
    }

    void End()
    {
        if (process == null)
            return;
        try
        {
            process.Kill();
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
        }
        process.Dispose();
        process = null;
    }
}

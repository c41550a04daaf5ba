namespace Karl.Benchmarks.Measuring;

/// <summary>Something that can be run once and says how many milliseconds it took.</summary>
/// <param name="Name">How it is asked for.</param>
/// <param name="Run">Runs it once.</param>
internal sealed record Contestant(string Name, Func<double> Run);

/// <summary>Times several contestants by turns, so that whatever else the machine does meets them alike.</summary>
internal static class Alternation
{
    /// <summary>Idle threads wait actively after a run (ONNX Runtime's for up to 60 ms); this leaves the cores to the next one.</summary>
    private const int PauseMilliseconds = 200;

    /// <summary>Some runs that do not count, then <paramref name="runs"/> rounds, each of them beginning with the next contestant.</summary>
    /// <returns>The timings by name.</returns>
    public static IReadOnlyDictionary<string, Timing> Run(IReadOnlyList<Contestant> contestants, int warmUps, int runs)
    {
        Dictionary<string, List<double>> milliseconds = contestants.ToDictionary(contestant => contestant.Name, _ => new List<double>());
        for (int round = -warmUps; round < runs; round++)
        {
            for (int turn = 0; turn < contestants.Count; turn++)
            {
                Contestant contestant = contestants[(turn + round + warmUps) % contestants.Count];
                Thread.Sleep(PauseMilliseconds);
                double elapsed = contestant.Run();
                if (round >= 0)
                {
                    milliseconds[contestant.Name].Add(elapsed);
                }
            }
        }

        return milliseconds.ToDictionary(pair => pair.Key, pair => new Timing(pair.Value));
    }
}

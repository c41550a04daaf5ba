using System.Globalization;
using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>A budget and errors for KARL's first pass, and what else its options ask for.</summary>
internal sealed class KarlStepDraws(KarlDraws draws, KarlStepOptions options) : IStepDraws
{
    private const string Probabilities = "probabilities";

    public int Tokens { get; private set; }

    public IEnumerable<(string Name, OrtValue Value)> Inputs(int step, int batchSize)
    {
        draws.Begin(step);
        Tokens = draws.Budget();
        yield return ("budget", OrtValue.CreateTensorValueFromMemory(new[] { (long)Tokens }, [1]));
        yield return ("epsilon", OrtValue.CreateTensorValueFromMemory(draws.Epsilons(batchSize), [batchSize]));
        if (options.AsksForLargerErrors) yield return (KarlDistillationStep.LeastError, OrtValue.CreateTensorValueFromMemory(draws.LeastErrors(batchSize), [batchSize]));
        if (options.AsksForOtherErrors) yield return (KarlDistillationStep.AskedShare, OrtValue.CreateTensorValueFromMemory(draws.AskedShares(batchSize), [batchSize]));
    }

    public void After(IReadOnlyDictionary<string, float[]> outputs) => draws.Observe(outputs[KarlDistillationStep.Errors]);

    public IReadOnlyDictionary<string, string> Remember() => new Dictionary<string, string>
    {
        [Probabilities] = string.Join(' ', draws.Probabilities.Select(probability => probability.ToString("R", CultureInfo.InvariantCulture))),
    };

    public void Recall(IReadOnlyDictionary<string, string> remembered) =>
        draws.Restore([.. remembered[Probabilities].Split(' ').Select(text => float.Parse(text, CultureInfo.InvariantCulture))]);
}

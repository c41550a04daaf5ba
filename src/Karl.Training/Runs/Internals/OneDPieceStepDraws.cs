using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>Tail drop: how many first tokens the images of a step keep, all of <paramref name="budgets"/> equally probable.</summary>
internal sealed class OneDPieceStepDraws(IReadOnlyList<int> budgets, int seed) : IStepDraws
{
    public int Tokens { get; private set; }

    public IEnumerable<(string Name, OrtValue Value)> Inputs(int step, int batchSize)
    {
        Tokens = budgets[StepRandom.Of(seed, "tail", step).Next(budgets.Count)];
        yield return ("budget", OrtValue.CreateTensorValueFromMemory(new[] { (long)Tokens }, [1]));
    }
}

using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>What a family's steps are given by chance, beside images and noise.</summary>
internal interface IStepDraws
{
    /// <summary>How many tokens the decoder is given in the step that was drawn last.</summary>
    int Tokens { get; }

    /// <summary>What a step is given; a function of the step and of what <see cref="After"/> was told. The caller disposes it.</summary>
    IEnumerable<(string Name, OrtValue Value)> Inputs(int step, int batchSize);

    /// <summary>Learns from what a step gave.</summary>
    void After(IReadOnlyDictionary<string, float[]> outputs)
    {
        // Most families draw without looking back.
    }

    /// <summary>What must be saved beside the state to go on with, in words.</summary>
    IReadOnlyDictionary<string, string> Remember() => new Dictionary<string, string>();

    /// <summary>Takes up what was saved.</summary>
    void Recall(IReadOnlyDictionary<string, string> remembered)
    {
        // Most families remember nothing.
    }
}

using Karl.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Training.Runs.Internals;

/// <summary>One phase of a run as the loop sees it.</summary>
internal interface IPhase
{
    /// <summary>Its name in files and for people.</summary>
    string Name { get; }

    PhaseOptions Options { get; }

    TrainingStep Step { get; }

    /// <summary>Networks that learn beside it; null where there are none. The loop disposes them.</summary>
    AdversaryTraining? Adversaries => null;

    /// <summary>The state before the first step.</summary>
    IReadOnlyDictionary<string, float[]> FirstState();

    /// <summary>What a step is given beside images, learning rate and step number; a function of the step and of what <see cref="After"/> was told. The loop disposes it.</summary>
    IEnumerable<(string Name, OrtValue Value)> Inputs(int step, int batchSize);

    /// <summary>Learns from what a step gave.</summary>
    void After(int step, IReadOnlyDictionary<string, float[]> outputs);

    /// <summary>What must be saved beside the state to go on with, in words.</summary>
    IReadOnlyDictionary<string, string> Remember();

    /// <summary>Draws what the network can do by now, from the moving averages of its weights; nothing where there is nothing to see yet.</summary>
    void Preview(Func<string, float[]> average, string sheetPath, IReadOnlyList<string> imagePaths, int completedSteps);

    /// <summary>Takes up what was saved.</summary>
    void Recall(IReadOnlyDictionary<string, string> remembered);
}

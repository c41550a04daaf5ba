using Karl.Graphs;

namespace Karl.Training.Optimizers.Internals;

/// <summary>Single numbers that every weight's update is made of, each computed once a step.</summary>
internal sealed class UpdateFactors
{
    public UpdateFactors(Graph graph, AdamWOptions options, Tensor? clipping)
    {
        var learningRate = graph.Input(AdamW.LearningRate, ElementType.Float32);
        var step = graph.Input(AdamW.Step, ElementType.Float32);
        FirstDecay = graph.Scalar(options.FirstDecay);
        SecondDecay = graph.Scalar(options.SecondDecay);
        NewFirst = Clipped(1 - options.FirstDecay, 1);
        NewSecond = Clipped(1 - options.SecondDecay, 2);
        var exactStep = step.Cast(ElementType.Float64);
        var root = (1 - graph.Scalar(options.SecondDecay, ElementType.Float64).Pow(exactStep)).Sqrt();
        var first = 1 - graph.Scalar(options.FirstDecay, ElementType.Float64).Pow(exactStep);
        Rate = learningRate * (root / first).Cast(ElementType.Float32);
        Epsilon = (root * options.Epsilon).Cast(ElementType.Float32);
        Kept = options.WeightDecay == 0 ? null : 1 - learningRate * options.WeightDecay;
        if (options.AverageDecay is not { } decay) return;
        // How much goes over to the average; at step n with warm-up at least 1 - (1 + n) / (10 + n) = 9 / (10 + n).
        ToAverage = options.AverageWarmsUp ? (9 / (step + 10)).Max(1 - decay) : graph.Scalar(1 - decay);

        Tensor Clipped(double factor, int power) => clipping is null ? graph.Scalar(factor) : (power == 1 ? clipping : clipping * clipping) * factor;
    }

    /// <summary>How much of the mean of gradients stays.</summary>
    public Tensor FirstDecay { get; }

    /// <summary>How much of the mean of squared gradients stays.</summary>
    public Tensor SecondDecay { get; }

    /// <summary>What a gradient is multiplied with before it is added to the mean, clipping included.</summary>
    public Tensor NewFirst { get; }

    /// <summary>What a squared gradient is multiplied with before it is added to the mean, clipping included.</summary>
    public Tensor NewSecond { get; }

    /// <summary>The learning rate, with both means' corrections for having begun at zero.</summary>
    public Tensor Rate { get; }

    /// <summary>What is added to the uncorrected root, with its correction.</summary>
    public Tensor Epsilon { get; }

    /// <summary>What a decaying weight is multiplied with; null where none decay.</summary>
    public Tensor? Kept { get; }

    /// <summary>How much of the way to the new weights the average goes; null where no average is kept.</summary>
    public Tensor? ToAverage { get; }
}

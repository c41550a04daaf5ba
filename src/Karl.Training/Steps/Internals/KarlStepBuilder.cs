using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;

namespace Karl.Training.Steps.Internals;

/// <summary>What both stages of KARL's training have in common beyond what all families have: two passes, and halting.</summary>
internal sealed class KarlStepBuilder : StepBuilder
{
    private readonly KarlStepOptions _options;

    /// <summary>Begins a graph with both passes.</summary>
    /// <exception cref="ArgumentException">The network or the step cannot be built.</exception>
    public KarlStepBuilder(string name, KarlArchitecture architecture, KarlStepOptions options)
        : base(name, architecture, options)
    {
        _options = options;
        Passes = new(Graph, architecture, options);
    }

    /// <summary>Both passes.</summary>
    public KarlPasses Passes { get; }

    /// <summary>Adds all losses: of halting and of the quantizer, and in between those of the reconstruction.</summary>
    /// <param name="addReconstruction">Adds the losses of a pass, whose names begin with a prefix.</param>
    public void AddLosses(Action<string, KarlPass> addReconstruction)
    {
        var (estimate, tokenize) = (Passes.Estimate.HaltingLogits, Passes.Tokenize.HaltingLogits);
        Losses.Add("estimate.keep", Passes.EstimateReaches is { } isReached ? KarlLosses.KeepOrHalt(estimate, Passes.Budget, isReached).Keep : KarlLosses.Keep(estimate), _options.HaltingWeight);
        AddPass("estimate.", Passes.Estimate);
        var (keep, halt) = Passes.BudgetReaches is { } reaches ? KarlLosses.KeepOrHalt(tokenize, Passes.Budget, reaches) : KarlLosses.KeepAndHalt(tokenize, Passes.Budget);
        Losses.Add("tokenize.keep", keep, _options.HaltingWeight);
        Losses.Add("tokenize.halt", halt, _options.HaltingWeight);
        AddPass("tokenize.", Passes.Tokenize);

        void AddPass(string prefix, KarlPass pass)
        {
            addReconstruction(prefix, pass);
            AddQuantizerLosses(prefix, pass);
        }
    }

    /// <summary>Adds the update and makes a step of it.</summary>
    /// <inheritdoc cref="StepBuilder.Finish"/>
    public TrainingStep Finish(IWeightSource values, Func<Tensor, bool> isFixed, Action<IReadOnlyList<Tensor>, AdamWUpdate>? look = null)
    {
        Graph.Output(KarlDistillationStep.KeptTokens, _options.FullBudget - Passes.Tokenize.Halted!.ReduceSum([1]).ReduceMean());
        Graph.Output(KarlDistillationStep.Errors, Passes.Errors);
        return Finish(values, isFixed, look, KarlDistillationStep.KeptTokens);
    }
}

using Karl.Training.Running;

namespace Karl.Training.Runs.Internals;

/// <summary>Into how many parts the batches of a phase are cut.</summary>
internal static class PhaseReplicas
{
    /// <summary>As many as were asked for, else as many as suit the step.</summary>
    public static int Of(TrainingOptions options, IPhase phase) =>
        options.Replicas ?? (options.Device.IsCuda ? 1 : StepRunnerOptions.SuitingReplicas(phase.Step, phase.Options.BatchSize, options.Threads));

    /// <summary>Tells what cannot be before anything is begun.</summary>
    /// <exception cref="ArgumentException">Batches do not fall into as many parts as were asked for, or a GPU computes.</exception>
    public static void Require(TrainingOptions options)
    {
        if (options.Replicas is not { } wanted) return;
        if (options.Device.IsCuda && wanted > 1) throw new ArgumentException($"{wanted} replicas were asked for on {options.Device}; a GPU computes a whole batch at once, so leave them out.");
        var preset = options.Preset;
        PhaseOptions[] phases = [.. options.Base is null ? [preset.Base] : Array.Empty<PhaseOptions>(), preset.Distillation, preset.Pixels, .. preset.Finish is null ? [] : (PhaseOptions[])[preset.Finish]];
        int[] sizes = [.. phases.Select(phase => phase.BatchSize).Distinct()];
        if (wanted < 1 || sizes.Any(size => size % wanted != 0))
        {
            throw new ArgumentException($"Batches of preset '{preset.Name}' are {string.Join(" and ", sizes)} images, which do not fall into {wanted} replicas; wanted a number that divides them.");
        }
    }
}

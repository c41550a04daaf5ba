namespace Microsoft.ML.Karl.Tests;

/// <summary>What takes ML.NET's own trainers.</summary>
public sealed partial class EngineTests
{
    [TestMethod]
    public void Predict_InAChainWithATrainerOfMlNet_GivesWhatTransformGives()
    {
        using Workplace place = new();
        AssertPredictsWhatTransformGives(place, place.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
    }
}
